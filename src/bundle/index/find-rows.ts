import { positionIn } from './byte-table.ts';
import type { SegmentColumns } from './segment-columns.ts';
import { NONE, ROW } from './segment-format.ts';

/** What to look for in a segment. */
export interface RowQuery {
  /** As `nameKey` writes it. */
  readonly name: Uint8Array;
  /** The version's order-preserving key, or undefined where it has none: then every row of the name is found. */
  readonly key: Uint8Array | undefined;
}

/** Rows whose versions are not decided by keys: the caller compares texts, or reads the verdict. */
export const DECIDED_BY_CALLER = ROW.runtime | ROW.unaffected | ROW.unstated;

/**
 * Rows that hold the versions asked for or are the caller's to decide, as pairs of query and row in ascending order. The
 * reference of the kernel `segment-rows`.
 */
export function findRows(columns: SegmentColumns, queries: readonly RowQuery[]): Uint32Array {
  const pairs: number[] = [];
  for (const [query, { name, key }] of queries.entries()) {
    const place = positionIn(columns.names, name);
    if (place % 2 === 0) continue;
    const index = (place - 1) / 2;
    const position = key === undefined ? undefined : positionIn(columns.keys, key);
    const end = columns.rowStart[index + 1] ?? 0;
    for (let row = columns.rowStart[index] ?? 0; row < end; row++) {
      if (position === undefined || mayHold(columns, row, position)) pairs.push(query, row);
    }
  }
  return Uint32Array.from(pairs);
}

function mayHold(columns: SegmentColumns, row: number, position: number): boolean {
  const flags = columns.flags[row] ?? 0;
  return (flags & DECIDED_BY_CALLER) !== 0 || holdsPosition(columns, row, position);
}

/** Whether a position among the keys lies in a row whose bounds have keys. */
export function holdsPosition(columns: SegmentColumns, row: number, position: number): boolean {
  const flags = columns.flags[row] ?? 0;
  const low = boundOf(columns, columns.low[row]);
  if ((flags & ROW.exact) !== 0) return low === position;
  if (low !== undefined && position < low) return false;
  const high = boundOf(columns, columns.high[row]);
  if (high === undefined || position < high) return true;
  return position === high && (flags & ROW.highInclusive) !== 0;
}

function boundOf(columns: SegmentColumns, version: number | undefined): number | undefined {
  return version === undefined || version === NONE ? undefined : 2 * (columns.versionKey[version] ?? 0) + 1;
}
