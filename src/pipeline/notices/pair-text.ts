import { folderOf } from '../../detect/bundles.ts';
import type { NoticeKind } from '../../model/notices.ts';
import type { NoticeEntry } from './notice-entries.ts';
import type { PackageFolders } from './package-folders.ts';
import { textKind } from './text-names.ts';

/** What a text is and whose. */
export interface TextOwners {
  readonly kind: NoticeKind;
  /** None where no package is known to hold it. */
  readonly entries: readonly NoticeEntry[];
  /** True where it lies in the folder for their texts, and not just among their files, as the text of a copy inside does. */
  readonly isFiled: boolean;
}

export interface TextPlaces {
  readonly folders: PackageFolders;
  /** The package whose file list holds a path of the final file system. */
  readonly ownerOf: (path: string) => NoticeEntry | undefined;
}

/**
 * Whether a file of the final file system, or a member of an archive, is a text to hand on, and the packages it stands for:
 * those in whose folder it lies, else the one whose file list holds it.
 */
export function pairText(path: string, { folders, ownerOf }: TextPlaces): TextOwners | undefined {
  if (textKind(path) === undefined) return undefined;
  const above = folders.above(path);
  const kind = textKind(above === undefined ? path : belowFolder(path, above.folder));
  if (kind === undefined) return undefined;
  if (above !== undefined) return { kind, entries: above.entries, isFiled: true };
  const owner = ownerOf(path);
  return { kind, entries: owner === undefined ? [] : [owner], isFiled: false };
}

/** The path below a package's folder, whose own name says nothing: there are packages called "licenses". */
function belowFolder(path: string, folder: string): string {
  const isAmongLicenses = folderOf(folder).endsWith('/licenses');
  return `${isAmongLicenses ? '/licenses' : ''}${path.slice(folder.length)}`;
}
