import { evidenceRoot } from '../detect/assemble-packages.ts';
import type { Ownership } from '../detect/ownership.ts';
import type { FileTree } from '../layers/file-tree.ts';
import type { FileReport } from '../model/analysis.ts';
import type { Package } from '../model/package.ts';

const EXECUTABLE = 0o111;

/**
 * Executable files of the final file system that no package claims: neither by a file list, nor by being the evidence of
 * a package, nor by lying below a package's own directory. Undefined where no package database lists files, since then
 * nothing could be claimed.
 */
export function unownedExecutables(
  tree: FileTree,
  packages: readonly Package[],
  ownership: Ownership,
): NonNullable<FileReport['unowned']> | undefined {
  if (!ownership.known) return undefined;
  const evidence = new Set<string>();
  const directories = new Set<string>();
  for (const entry of packages) {
    if (entry.state !== 'present') continue;
    for (const { path } of entry.locations) {
      const file = evidenceRoot(path);
      evidence.add(file);
      if (isPackageManifest(file)) directories.add(file.slice(0, file.lastIndexOf('/')));
    }
  }
  const unowned: { path: string; layer: number; size: number }[] = [];
  for (const file of tree.filesWithMode(EXECUTABLE)) {
    if (evidence.has(file.path) || ownership.of(file.path) !== undefined || isBelow(file.path, directories)) continue;
    unowned.push({ path: file.path, layer: file.layer, size: file.size });
  }
  return unowned;
}

/** A manifest in the root of what it describes, as `package.json` is; databases elsewhere claim nothing around them. */
function isPackageManifest(path: string): boolean {
  return path.endsWith('/package.json') || path.endsWith('/composer.json');
}

function isBelow(path: string, directories: ReadonlySet<string>): boolean {
  for (let cut = path.lastIndexOf('/'); cut > 0; cut = path.lastIndexOf('/', cut - 1)) {
    if (directories.has(path.slice(0, cut))) return true;
  }
  return false;
}
