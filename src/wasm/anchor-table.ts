import type { AnchorLiteral } from '../bytes/anchor-search.ts';
import { isLower, type Placement, spellings, FILTER_WINDOW as WINDOW } from './anchor-placement.ts';

/** Layout of the kernel's tables; the same constants stand in assembly/anchor-search.ts. */
const BITMAP = 256;
export const SLOT_BITS = 12;
export const HEADS = BITMAP + (4 << SLOT_BITS);
export const ENTRIES = HEADS + (2 << SLOT_BITS);
export const ENTRY_BYTES = 72;
/** Within an entry: how many of its slot there are from it on. */
export const LEFT = 2;
const AROUND = 8;
const TEXT = 24;
const MASK = 48;
const SET_BYTES = 128;

const FOLD = 0x20;
const HASH = 0x9e3779b1 << 8;

/** Builds the kernel's tables for the literals, placed as given; the entries of a slot lie one after the other. */
export function anchorTable(literals: readonly AnchorLiteral[], placements: readonly Placement[]): Uint8Array {
  const table = new Uint8Array(ENTRIES + literals.length * ENTRY_BYTES);
  const view = new DataView(table.buffer);
  const entries = literals.map((literal, index) => {
    const placement = placements[index] ?? { offset: 0, bucket: 0 };
    addMasks(table, literal, placement);
    return { literal, index, offset: placement.offset, slot: slotOf(literal, placement.offset) };
  });
  entries.sort((left, right) => left.slot - right.slot || left.index - right.index);
  let left = 0;
  for (let number = entries.length - 1; number >= 0; number--) {
    const entry = entries[number];
    if (entry === undefined) continue;
    left = entry.slot === entries[number + 1]?.slot ? left + 1 : 1;
    addEntry(view, table, { ...entry, at: ENTRIES + number * ENTRY_BYTES });
    view.setUint16(ENTRIES + number * ENTRY_BYTES + LEFT, left, true);
    view.setUint16(HEADS + 2 * entry.slot, number + 1, true);
  }
  return table;
}

function addMasks(table: Uint8Array, literal: AnchorLiteral, { offset, bucket }: Placement): void {
  for (let position = 0; position < WINDOW; position++) {
    for (const byte of spellings(literal, offset + position)) {
      const low = (bucket >> 3) * SET_BYTES + position * 32 + (byte & 15);
      const high = low - (byte & 15) + 16 + (byte >> 4);
      table[low] = (table[low] ?? 0) | (1 << (bucket & 7));
      table[high] = (table[high] ?? 0) | (1 << (bucket & 7));
    }
  }
}

function addEntry(
  view: DataView,
  table: Uint8Array,
  entry: { literal: AnchorLiteral; index: number; offset: number; slot: number; at: number },
): void {
  const { index, offset, slot, at } = entry;
  const { text, fold } = entry.literal;
  const fourth = text.length < WINDOW ? ALL_BITS : 1 << (text.charCodeAt(offset + WINDOW - 1) & 31);
  view.setUint32(BITMAP + 4 * slot, view.getUint32(BITMAP + 4 * slot, true) | fourth, true);
  view.setUint16(at, index, true);
  for (let position = 0; position < text.length; position++) {
    const byte = text.charCodeAt(position);
    table[at + TEXT + position] = byte;
    table[at + MASK + position] = fold && isLower(byte) ? ~FOLD & 0xff : 0xff;
  }
  const around = Math.max(0, Math.min(offset, text.length - AROUND_BYTES));
  table.set([offset, text.length, offset - around], at + 4);
  table.copyWithin(at + AROUND, at + TEXT + around, at + TEXT + around + AROUND_BYTES);
  table.copyWithin(at + AROUND + AROUND_BYTES, at + MASK + around, at + MASK + around + AROUND_BYTES);
}

/** Bytes, the window's among them, that are compared before the whole literal. */
const AROUND_BYTES = 8;

/** The hash of the first three bytes of a window. */
function slotOf({ text }: AnchorLiteral, offset: number): number {
  const byte = (position: number) => text.charCodeAt(offset + position) | FOLD;
  return Math.imul(byte(0) | (byte(1) << 8) | (byte(2) << 16), HASH) >>> (32 - SLOT_BITS);
}

/** Any fourth byte: the literal has but three. */
const ALL_BITS = -1;
