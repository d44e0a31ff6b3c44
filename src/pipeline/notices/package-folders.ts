import { folderOf } from '../../detect/bundles.ts';
import type { Detector } from '../../detect/detector.ts';
import type { NoticeEntries, NoticeEntry } from './notice-entries.ts';

/** The folders of packages, `archive!` for the roots of archives. */
export interface PackageFolders {
  /** The entries of the nearest folder above a path, and that folder; undefined where no package has one. */
  above(path: string): { readonly folder: string; readonly entries: readonly NoticeEntry[] } | undefined;
  /** Whether a folder, or the archive `path` itself, is in such a folder of an archive: it has to be opened. */
  readonly archives: ReadonlySet<string>;
}

/** What is installed below `node_modules` is no part of the package around it. */
const BORDER = /\/node_modules$/;

/** Reads the folders that detectors name for the packages they found; `resolve` follows links of folders. */
export function packageFolders(
  { all }: NoticeEntries,
  detectors: readonly Detector[],
  resolve: (directory: string) => string,
): PackageFolders {
  const byPath = new Map<string, Set<NoticeEntry>>();
  const byEnding = new Map<string, Set<NoticeEntry>>();
  const archives = new Set<string>();
  const foldersOf = new Map(detectors.map(({ id, textFolders }) => [id, textFolders]));
  for (const entry of all) {
    for (const found of [...entry.packages, ...entry.includes]) {
      for (const { path, detector = '' } of found.locations) {
        for (const folder of foldersOf.get(detector)?.(path, found) ?? []) {
          if (folder === '') continue;
          const isEnding = !folder.startsWith('/');
          const inArchive = `${folder}/`.includes('!/');
          if (inArchive && found.ownedBy !== undefined) continue;
          if (inArchive) for (const archive of archivesAbove(folder)) archives.add(archive);
          const place = isEnding || inArchive ? folder : resolve(folder);
          const places = isEnding ? byEnding : byPath;
          places.set(place, (places.get(place) ?? new Set<NoticeEntry>()).add(entry));
        }
      }
    }
  }
  const entriesAt = new Map([...byPath].map(([path, entries]) => [path, [...entries]]));
  const entriesAtEnding = new Map([...byEnding].map(([path, entries]) => [path, [...entries]]));
  return {
    archives,
    above: (path) => {
      for (let folder = folderOf(path); folder !== '' && !BORDER.test(folder); folder = folderOf(folder)) {
        const entries = entriesAt.get(folder) ?? withEnding(folder, entriesAtEnding);
        if (entries !== undefined) return { folder, entries };
      }
      return undefined;
    },
  };
}

/** `/a.war` and `/a.war!/lib/b.jar` for `/a.war!/lib/b.jar!/META-INF`. */
function archivesAbove(folder: string): readonly string[] {
  const parts = `${folder}/`.split('!/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('!/'));
}

function withEnding<T>(folder: string, byEnding: ReadonlyMap<string, T>): T | undefined {
  if (byEnding.size === 0) return undefined;
  for (let at = folder.indexOf('/'); at >= 0; at = folder.indexOf('/', at + 1)) {
    const found = byEnding.get(folder.slice(at + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}
