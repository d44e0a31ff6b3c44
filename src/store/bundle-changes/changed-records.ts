import { zstdDecompressSync } from 'node:zlib';
import { LARGEST_BLOCK } from '../../bundle/index/advisory-blocks.ts';
import { item, tableSize, textItem } from '../../bundle/index/byte-table.ts';
import {
  type AdvisoryColumns,
  type AdvisoryReader,
  openAdvisories,
  readAdvisoryColumns,
} from '../../bundle/index/open-advisories.ts';

/**
 * Calls `add` for every package that a changed record of a feed names, in the old record or the new. Records are compared
 * as bytes; blocks that are equal in both sections are not even opened.
 */
export function changedRecords(
  before: Uint8Array | undefined,
  after: Uint8Array | undefined,
  add: (segment: string, name: string, advisory: string) => void,
): void {
  const left = before === undefined ? undefined : recordSide(before);
  const right = after === undefined ? undefined : recordSide(after);
  const told = (id: string): void => {
    for (const { ecosystem, name } of [
      ...(left?.reader.read(id)?.affected ?? []),
      ...(right?.reader.read(id)?.affected ?? []),
    ])
      add(ecosystem, name, id);
  };
  for (const [id, index] of left?.ids ?? []) {
    const other = right?.ids.get(id);
    if (left === undefined || right === undefined || other === undefined || !sameRecord(left, index, right, other))
      told(id);
  }
  for (const id of right?.ids.keys() ?? []) if (left?.ids.has(id) !== true) told(id);
}

interface RecordSide {
  readonly columns: AdvisoryColumns;
  readonly reader: AdvisoryReader;
  readonly ids: ReadonlyMap<string, number>;
  readonly blocks: Map<number, Uint8Array>;
}

function recordSide(bytes: Uint8Array): RecordSide {
  const columns = readAdvisoryColumns(bytes);
  const ids = new Map(
    Array.from({ length: tableSize(columns.ids) }, (_, index): [string, number] => [
      textItem(columns.ids, index),
      index,
    ]),
  );
  return { columns, reader: openAdvisories(bytes), ids, blocks: new Map() };
}

function sameRecord(left: RecordSide, index: number, right: RecordSide, other: number): boolean {
  const length = left.columns.length[index] ?? 0;
  if (length !== right.columns.length[other]) return false;
  const [from, to] = [left.columns.block[index] ?? 0, right.columns.block[other] ?? 0];
  const [start, otherStart] = [left.columns.offset[index] ?? 0, right.columns.offset[other] ?? 0];
  if (start === otherStart && Buffer.compare(item(left.columns.blocks, from), item(right.columns.blocks, to)) === 0)
    return true;
  const mine = block(left, from).subarray(start, start + length);
  return Buffer.compare(mine, block(right, to).subarray(otherStart, otherStart + length)) === 0;
}

function block(side: RecordSide, index: number): Uint8Array {
  const known = side.blocks.get(index);
  if (known !== undefined) return known;
  const opened = zstdDecompressSync(item(side.columns.blocks, index), { maxOutputLength: LARGEST_BLOCK });
  side.blocks.set(index, opened);
  return opened;
}
