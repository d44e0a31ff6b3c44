import type { FileEntry, FileTree } from '../../layers/file-tree.ts';
import { ENTRY_KIND } from '../../layers/layer-index.ts';
import { isCommonLicense } from './common-licenses.ts';
import type { PackageFolders } from './package-folders.ts';
import { textKind } from './text-names.ts';

/** A regular file to read, and the paths that lead to it. */
export interface WantedFile {
  readonly content: FileEntry;
  /** Paths under which it is a text; sorted. */
  readonly texts: readonly string[];
  /** Paths under which it is an archive that packages lie in; sorted. */
  readonly archives: readonly string[];
}

/**
 * The files of the final file system that may hold texts, links to them included, by the path of their bytes; up to `limit`
 * paths, and whether there are more.
 */
export function wantedFiles(
  tree: FileTree,
  { archives }: PackageFolders,
  limit: number,
): { readonly files: readonly WantedFile[]; readonly isCut: boolean } {
  let paths = 0;
  const wanted = new Map<string, { content: FileEntry; texts: string[]; archives: string[] }>();
  for (const entry of tree.entries()) {
    const isText = textKind(entry.path) !== undefined || isCommonLicense(entry.path);
    const isArchive = archives.has(entry.path);
    if (!isText && !isArchive) continue;
    const content = contentOf(entry, tree);
    if (content === undefined) continue;
    paths += 1;
    if (paths > limit) break;
    const key = `${content.layer}:${content.entry}`;
    const file = wanted.get(key) ?? { content, texts: [], archives: [] };
    wanted.set(key, file);
    if (isArchive) file.archives.push(entry.path);
    else file.texts.push(entry.path);
  }
  return { files: [...wanted.values()], isCut: paths > limit };
}

/** Undefined for what is no file, and for links that lead to none. */
function contentOf(entry: FileEntry, tree: FileTree): FileEntry | undefined {
  if (entry.kind === ENTRY_KIND.file) return entry;
  if (entry.kind === ENTRY_KIND.hardLink) return tree.content(entry);
  if (entry.kind !== ENTRY_KIND.symlink) return undefined;
  const { file } = tree.resolve(entry.path);
  return file === undefined ? undefined : tree.content(file);
}
