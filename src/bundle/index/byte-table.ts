import { numberColumn, SectionFormatError } from './columns.ts';

/** Byte strings one after the other with an offset column of one more entry than there are strings. */
export interface ByteTable {
  readonly bytes: Uint8Array;
  readonly offsets: Uint32Array;
}

/** The two columns of a table. */
export function writeTable(items: readonly Uint8Array[]): readonly [Uint8Array, Uint8Array] {
  const offsets = [0];
  let length = 0;
  for (const item of items) {
    length += item.length;
    offsets.push(length);
  }
  const bytes = new Uint8Array(length);
  for (const [index, item] of items.entries()) bytes.set(item, offsets[index] ?? 0);
  return [bytes, numberColumn(offsets)];
}

/** How many strings a table has. */
export function tableSize(table: ByteTable): number {
  return table.offsets.length - 1;
}

/** One byte string, viewed in place; empty beyond the last one. */
export function item(table: ByteTable, index: number): Uint8Array {
  return table.bytes.subarray(table.offsets[index] ?? 0, table.offsets[index + 1] ?? 0);
}

const decoder = new TextDecoder();

/** One byte string as UTF-8. */
export function textItem(table: ByteTable, index: number): string {
  return decoder.decode(item(table, index));
}

/**
 * Where `wanted` lies in a strictly increasing table: twice the index plus one where it is there, twice the index of
 * the next larger item where it is not. Such positions compare like the items themselves.
 */
export function positionIn(table: ByteTable, wanted: Uint8Array): number {
  let low = 0;
  let high = tableSize(table);
  while (low < high) {
    const middle = (low + high) >>> 1;
    const order = compareItem(table, middle, wanted);
    if (order === 0) return 2 * middle + 1;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return 2 * low;
}

function compareItem({ bytes, offsets }: ByteTable, index: number, wanted: Uint8Array): number {
  const start = offsets[index] ?? 0;
  const length = (offsets[index + 1] ?? 0) - start;
  const shared = Math.min(length, wanted.length);
  for (let i = 0; i < shared; i++) {
    const difference = (bytes[start + i] ?? 0) - (wanted[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return length - wanted.length;
}

/** Throws SectionFormatError unless the offsets rise from 0 to the end and, where asked, the items rise strictly. */
export function checkTable(
  table: ByteTable,
  what: string,
  options: { readonly increasing: boolean; readonly utf8: boolean },
): void {
  const { bytes, offsets } = table;
  if (offsets.length === 0 || offsets[0] !== 0 || offsets.at(-1) !== bytes.length) {
    throw new SectionFormatError(`${what}: offsets do not span the bytes`);
  }
  for (let index = 1; index < offsets.length; index++) {
    if ((offsets[index] ?? 0) < (offsets[index - 1] ?? 0)) throw new SectionFormatError(`${what}: offsets fall`);
  }
  if (options.increasing) {
    for (let index = 1; index < tableSize(table); index++) {
      if (compareItem(table, index - 1, item(table, index)) >= 0) throw new SectionFormatError(`${what}: not in order`);
    }
  }
  if (options.utf8) checkText(table, what);
}

function checkText(table: ByteTable, what: string): void {
  const strict = new TextDecoder('utf-8', { fatal: true });
  for (let index = 0; index < tableSize(table); index++) {
    try {
      strict.decode(item(table, index));
    } catch (error) {
      if (error instanceof TypeError) throw new SectionFormatError(`${what}: not UTF-8`);
      throw error;
    }
  }
}
