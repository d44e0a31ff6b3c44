import { folderOf } from './bundles.ts';

/** For what is described in the root of its own folder: its texts lie there. */
export function ownFolder(path: string): readonly string[] {
  return [folderOf(path)];
}

/** The root file system that a package database belongs to, by where it lies in it; empty for that of the image. */
export function rootOf(path: string, database: RegExp): string {
  const at = path.search(database);
  return at < 0 ? '' : path.slice(0, at);
}
