import { type ByteTable, item, tableSize } from '../../bundle/index/byte-table.ts';
import { openSegment, type Segment, segmentNames } from '../../bundle/index/open-segment.ts';
import { NONE } from '../../bundle/index/segment-format.ts';

/**
 * Calls `add` for every (name, advisory) whose rows differ between two segments of one ecosystem. Names whose rows are
 * the same numbers, once the numbers of one segment are translated to those of the other, are passed over; the others
 * are compared as text.
 */
export function changedRows(
  before: Uint8Array | undefined,
  after: Uint8Array | undefined,
  add: (name: string, advisory: string) => void,
): void {
  const left = before === undefined ? undefined : openSegment(before);
  const right = after === undefined ? undefined : openSegment(after);
  const same = left === undefined || right === undefined ? () => false : sameRows(left, right);
  const names = new Set([
    ...(left === undefined ? [] : segmentNames(left)),
    ...(right === undefined ? [] : segmentNames(right)),
  ]);
  for (const name of names) {
    if (same(name)) continue;
    const old = rowsByAdvisory(left, name);
    const now = rowsByAdvisory(right, name);
    for (const advisory of new Set([...old.keys(), ...now.keys()])) {
      if (old.get(advisory) !== now.get(advisory)) add(name, advisory);
    }
  }
}

/** The rows of each advisory as text. */
function rowsByAdvisory(segment: Segment | undefined, name: string): ReadonlyMap<string, string> {
  const rows = new Map<string, string>();
  if (segment === undefined) return rows;
  const [first, end] = segment.rowsOf(name);
  for (let row = first; row < end; row += 1) {
    const { advisory, ...rest } = segment.entry(row);
    rows.set(advisory, `${rows.get(advisory) ?? ''}${JSON.stringify(rest)}\n`);
  }
  return rows;
}

/** Whether both segments have the same rows for a name; false also where their order alone differs. */
function sameRows(left: Segment, right: Segment): (name: string) => boolean {
  const versions = translate(left.columns.versions, right.columns.versions);
  const advisories = translate(left.columns.advisoryIds, right.columns.advisoryIds);
  const sources = translate(left.columns.sources, right.columns.sources);
  const qualifiers = translate(left.columns.qualifiers, right.columns.qualifiers);
  const [old, now] = [left.columns, right.columns];
  const sameRow = (from: number, to: number): boolean => {
    const advisory = old.advisory[from] ?? NONE;
    const other = now.advisory[to] ?? NONE;
    return (
      old.flags[from] === now.flags[to] &&
      at(versions, old.low[from]) === now.low[to] &&
      at(versions, old.high[from]) === now.high[to] &&
      at(versions, old.fixed[from]) === now.fixed[to] &&
      at(advisories, advisory) === other &&
      at(sources, old.advisorySource[advisory]) === now.advisorySource[other] &&
      at(qualifiers, old.qualifier[from]) === now.qualifier[to]
    );
  };
  return (name) => {
    const [from, fromEnd] = left.rowsOf(name);
    const [to, toEnd] = right.rowsOf(name);
    if (fromEnd - from !== toEnd - to) return false;
    for (let row = 0; row < fromEnd - from; row += 1) {
      if (!sameRow(from + row, to + row)) return false;
    }
    return true;
  };
}

/** No number of any table. */
const GONE = 0xfffffffe;

function at(translation: Uint32Array, index: number | undefined): number {
  return index === undefined || index === NONE ? NONE : (translation[index] ?? GONE);
}

/** For each item of one table its number in the other, or GONE. */
function translate(from: ByteTable, to: ByteTable): Uint32Array {
  const numbers = new Map<string, number>();
  for (let index = 0; index < tableSize(to); index += 1) numbers.set(keyOf(to, index), index);
  return Uint32Array.from({ length: tableSize(from) }, (_, index) => numbers.get(keyOf(from, index)) ?? GONE);
}

/** Bytes as a map key: one character a byte, without decoding. */
function keyOf(table: ByteTable, index: number): string {
  const bytes = item(table, index);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}
