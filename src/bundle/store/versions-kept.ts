import { join } from 'node:path';
import type { FileSystem } from './file-system.ts';
import { compareReleases, parseBundleName, type StorePaths } from './store-layout.ts';

/**
 * The bundle in use and two before it: two steps back are possible. Readers need none of them, they hold their file open; a
 * file system that forgets removed files (NFS, another host removing) keeps them to a reader for two imports.
 */
const KEPT = 3;

/** Names of the bundles in a store, newest first. */
export function installedNames(fs: FileSystem, paths: StorePaths): readonly string[] {
  if (!fs.existsSync(paths.bundles)) return [];
  return fs
    .readdirSync(paths.bundles)
    .flatMap((name) => {
      const release = parseBundleName(name);
      return release === undefined ? [] : [{ name, release }];
    })
    .sort((left, right) => compareReleases(right.release, left.release))
    .map(({ name }) => name);
}

/** Removes all but the newest three; never the one in use. */
export function removeOldBundles(fs: FileSystem, paths: StorePaths, current: string): void {
  for (const name of installedNames(fs, paths).slice(KEPT)) {
    if (name !== current) fs.rmSync(join(paths.bundles, name), { recursive: true, force: true });
  }
}
