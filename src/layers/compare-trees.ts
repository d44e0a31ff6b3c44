import type { FileDifference } from '../model/image-diff.ts';
import type { FileEntry, FileTree } from './file-tree.ts';
import { compareRows, type RowRef } from './layer-changes.ts';
import { ENTRY_KIND, type LayerIndex } from './layer-index.ts';

/** A view and the layers its entries point into. */
export interface TreeSide {
  readonly tree: FileTree;
  readonly layers: readonly LayerIndex[];
}

/** Every path that one of two file systems has alone or has otherwise, in path order. Content is compared by hash. */
export function compareTrees(before: TreeSide, after: TreeSide): readonly FileDifference[] {
  const differences: FileDifference[] = [];
  for (const file of before.tree.entries()) {
    const other = after.tree.lookup(file.path);
    if (other === undefined) differences.push({ ...describe(file), change: 'removed', ...sideBefore(file) });
    else {
      const change = compareFiles(before, file, after, other);
      if (change !== undefined)
        differences.push({ ...describe(other), change, ...sideBefore(file), ...sideAfter(other) });
    }
  }
  for (const file of after.tree.entries()) {
    if (before.tree.lookup(file.path) === undefined)
      differences.push({ ...describe(file), change: 'added', ...sideAfter(file) });
  }
  return differences.sort((left, right) => (left.path < right.path ? -1 : left.path > right.path ? 1 : 0));
}

function compareFiles(
  before: TreeSide,
  left: FileEntry,
  after: TreeSide,
  right: FileEntry,
): 'changed' | 'metadata' | undefined {
  if (left.kind !== right.kind) return 'changed';
  const leftRow = rowOf(before, left);
  const rightRow = rowOf(after, right);
  // a directory that only its content implies has no attributes to compare
  if (leftRow === undefined || rightRow === undefined) return undefined;
  const change = compareRows(leftRow, rightRow);
  return change === 'rewritten' ? undefined : change;
}

function rowOf(side: TreeSide, file: FileEntry): RowRef | undefined {
  const entries = side.layers[file.layer]?.entries;
  return entries === undefined || file.entry < 0 ? undefined : { entries, row: file.entry };
}

function describe({ path, kind }: FileEntry): Pick<FileDifference, 'path' | 'type'> {
  return { path, type: TYPES.get(kind) ?? 'file' };
}

const TYPES: ReadonlyMap<number, FileDifference['type']> = new Map([
  [ENTRY_KIND.directory, 'directory'],
  [ENTRY_KIND.symlink, 'symlink'],
  [ENTRY_KIND.hardLink, 'hardLink'],
  [ENTRY_KIND.characterDevice, 'device'],
  [ENTRY_KIND.blockDevice, 'device'],
  [ENTRY_KIND.fifo, 'fifo'],
]);

function sideBefore(file: FileEntry): Pick<FileDifference, 'sizeBefore' | 'layerBefore'> {
  return { sizeBefore: file.size, layerBefore: file.layer };
}

function sideAfter(file: FileEntry): Pick<FileDifference, 'sizeAfter' | 'layerAfter'> {
  return { sizeAfter: file.size, layerAfter: file.layer };
}
