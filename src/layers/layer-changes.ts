import type { ChangeKind, FileSum, PathChange } from '../model/layer-changes.ts';
import { ENTRY_KIND, type EntryTable } from './layer-index.ts';
import type { LayerHistory } from './squash.ts';

/** Sums of one layer. */
export interface LayerSums {
  readonly added: FileSum;
  readonly changed: FileSum;
  readonly rewritten: FileSum;
  readonly deleted: FileSum;
  readonly hidden: FileSum;
}

type Sums = { -readonly [Name in keyof LayerSums]: { files: number; bytes: number } };

/** What every layer did, in numbers. Directories count as nothing; metadata changes count as changed. */
export function sumLayers(history: LayerHistory): readonly LayerSums[] {
  const sums = history.layers.map(emptySums);
  for (const [layer, { entries }] of history.layers.entries()) {
    for (let row = 0; row < entries.count; row += 1) {
      if (!isFile(entries, row)) continue;
      const size = entries.size[row] ?? 0;
      const kind = changeOf(history, layer, row);
      if (kind !== undefined) add(sums[layer]?.[kind === 'metadata' ? 'changed' : kind], size);
      const { removedIn, how } = history.fate(layer, row);
      if (removedIn === undefined) continue;
      if (removedIn > layer) add(sums[layer]?.hidden, size);
      if (how !== 'overwritten') add(sums[removedIn]?.deleted, size);
    }
  }
  return sums;
}

function emptySums(): Sums {
  const zero = (): FileSum => ({ files: 0, bytes: 0 });
  return { added: zero(), changed: zero(), rewritten: zero(), deleted: zero(), hidden: zero() };
}

function add(sum: { files: number; bytes: number } | undefined, size: number): void {
  if (sum === undefined) return;
  sum.files += 1;
  sum.bytes += size;
}

function isFile(entries: EntryTable, row: number): boolean {
  const kind = entries.kind[row] ?? 0;
  return kind !== ENTRY_KIND.directory && kind < ENTRY_KIND.whiteout;
}

/** What a row is to the layers below; undefined where a later row of the same layer replaces it. */
function changeOf(history: LayerHistory, layer: number, row: number): Exclude<ChangeKind, 'deleted'> | undefined {
  if (history.fate(layer, row).removedIn === layer) return undefined;
  const before = history.before(layer, row);
  const entries = history.layers[layer]?.entries;
  const old = before === undefined ? undefined : history.layers[before.layer]?.entries;
  if (before === undefined || entries === undefined || old === undefined) return 'added';
  return compareRows({ entries: old, row: before.entry }, { entries, row });
}

export interface RowRef {
  readonly entries: EntryTable;
  readonly row: number;
}

/** How two instances of a path differ. Content is compared by hash. */
export function compareRows(left: RowRef, right: RowRef): 'changed' | 'metadata' | 'rewritten' {
  const isSameContent =
    left.entries.kind[left.row] === right.entries.kind[right.row] &&
    left.entries.size[left.row] === right.entries.size[right.row] &&
    left.entries.contentHash[left.row * 2] === right.entries.contentHash[right.row * 2] &&
    left.entries.contentHash[left.row * 2 + 1] === right.entries.contentHash[right.row * 2 + 1] &&
    left.entries.links.get(left.row) === right.entries.links.get(right.row);
  if (!isSameContent) return 'changed';
  const isSameMode = left.entries.mode[left.row] === right.entries.mode[right.row];
  return isSameMode && capability(left) === capability(right) ? 'rewritten' : 'metadata';
}

function capability({ entries, row }: RowRef): string {
  return Buffer.from(entries.capabilities.get(row) ?? []).toString('hex');
}

/** Every change of one layer, sorted by path. A directory that is stated again unchanged is none. */
export function listChanges(history: LayerHistory, layer: number): readonly PathChange[] {
  const changes: PathChange[] = [];
  const entries = history.layers[layer]?.entries;
  if (entries === undefined) return changes;
  for (let row = 0; row < entries.count; row += 1) {
    if ((entries.kind[row] ?? 0) >= ENTRY_KIND.whiteout) continue;
    const change = changeOf(history, layer, row);
    if (change === undefined || (change === 'rewritten' && entries.kind[row] === ENTRY_KIND.directory)) continue;
    const { removedIn } = history.fate(layer, row);
    const target = entries.links.get(row);
    changes.push({
      path: history.path(layer, row),
      change,
      type: typeOf(entries, row),
      size: entries.size[row] ?? 0,
      ...(target === undefined ? {} : { target }),
      ...(removedIn === undefined ? {} : { hiddenBy: removedIn }),
    });
  }
  const written = new Set(changes.map((change) => change.path));
  for (const deletion of listDeletions(history, layer)) {
    if (!written.has(deletion.path)) changes.push(deletion);
  }
  return changes.sort((left, right) => (left.path < right.path ? -1 : left.path > right.path ? 1 : 0));
}

function* listDeletions(history: LayerHistory, layer: number): Iterable<PathChange> {
  for (const [lower, { entries }] of history.layers.slice(0, layer).entries()) {
    for (let row = 0; row < entries.count; row += 1) {
      const { removedIn, how } = history.fate(lower, row);
      if (removedIn !== layer || how === 'overwritten') continue;
      yield {
        path: history.path(lower, row),
        change: 'deleted',
        type: typeOf(entries, row),
        size: entries.size[row] ?? 0,
      };
    }
  }
}

function typeOf(entries: EntryTable, row: number): PathChange['type'] {
  return TYPES[entries.kind[row] ?? 0] ?? 'file';
}

/** By ENTRY_KIND. */
const TYPES: readonly PathChange['type'][] = ['file', 'directory', 'symlink', 'hardLink', 'device', 'device', 'fifo'];
