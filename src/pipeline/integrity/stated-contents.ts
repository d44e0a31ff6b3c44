import { hash } from 'node:crypto';
import type { Found } from '../../detect/assemble.ts';
import type { OwnedDigest } from '../../detect/detector.ts';
import type { OwnedFile } from '../../detect/ownership.ts';
import type { FileEntry, FileTree } from '../../layers/file-tree.ts';
import { ENTRY_KIND } from '../../layers/layer-index.ts';
import type { LayerHistory } from '../../layers/squash.ts';
import { type FilePlace, filePlaces } from './file-places.ts';

/** Files of the final file system whose content a package database states. */
export interface StatedContents {
  /** Paths as databases list them, by layer and by row of the regular file that holds the content. */
  readonly byLayer: ReadonlyMap<number, Map<number, readonly string[]>>;
  readonly placeOf: FilePlace;
  /** Paths as databases list them where no file is any more but a directory, a device or a link that leads to no file. */
  readonly replaced: readonly { readonly listed: string; readonly layer: number }[];
  /** Symlinks that are as stated: apk states the digest of where they lead to. */
  readonly links: number;
  /** Regular files of packages that no database states a digest of. */
  readonly withoutDigest: number;
}

/** Configuration, whatever the database says: it is there to be edited. */
const CONFIGURATION = '/etc/';

/**
 * The files that can be held against a digest. What is gone from the final file system is not among them: images leave
 * out documentation and translations by the thousand.
 */
export function statedContents(
  history: LayerHistory,
  { ownership, facts }: Pick<Found, 'ownership' | 'facts'>,
): StatedContents {
  const tree = history.view();
  const placeOf = filePlaces(tree, facts);
  const byLayer = new Map<number, Map<number, string[]>>();
  const replaced: { listed: string; layer: number }[] = [];
  let links = 0;
  let withoutDigest = 0;
  for (const [listed, owned] of ownership.entries()) {
    const path = placeOf(listed, owned);
    if (path.startsWith(CONFIGURATION)) continue;
    const file = tree.lookup(path);
    const digests = digestsOf(owned);
    if (file === undefined || digests.some(({ mayChange }) => mayChange)) continue;
    if (leadsAsStated(history, file, digests)) {
      links += 1;
      continue;
    }
    const content = contentOf(tree, file);
    if (content === undefined) {
      if (digests.length > 0 && !digests.some(isOfNothing)) replaced.push({ listed, layer: file.layer });
    } else if (digests.length === 0) withoutDigest += 1;
    else add(byLayer, content, listed);
  }
  return { byLayer, placeOf, replaced, links, withoutDigest };
}

/** What databases state of the content, the owner's first: any of them will do, since packages may share a file. */
export function digestsOf({ digest, others = [] }: OwnedFile): readonly OwnedDigest[] {
  return digest === undefined ? others : [digest, ...others];
}

function leadsAsStated({ layers }: LayerHistory, file: FileEntry, digests: readonly OwnedDigest[]): boolean {
  const target = file.kind === ENTRY_KIND.symlink ? layers[file.layer]?.entries.links.get(file.entry) : undefined;
  return target !== undefined && digests.some(({ algorithm, value }) => hash(algorithm, target) === value);
}

/** What conda states of a link that leads to no file. */
function isOfNothing({ algorithm, value }: OwnedDigest): boolean {
  return value === hash(algorithm, '');
}

function contentOf(tree: FileTree, file: FileEntry): FileEntry | undefined {
  const target = file.kind === ENTRY_KIND.symlink ? tree.resolve(file.path).file : file;
  return target === undefined ? undefined : tree.content(target);
}

function add(byLayer: Map<number, Map<number, string[]>>, { layer, entry }: FileEntry, listed: string): void {
  const byEntry = byLayer.get(layer) ?? new Map<number, string[]>();
  byLayer.set(layer, byEntry);
  const same = byEntry.get(entry);
  if (same === undefined) byEntry.set(entry, [listed]);
  else same.push(listed);
}
