import type { AnchorLiteral } from '../bytes/anchor-search.ts';

/** Layout of the kernel's tables; the same constants stand in assembly/anchor-search.ts. */
export const HEADS = 96;
export const HASH_BITS = 12;
export const ENTRIES = HEADS + 2 * (1 << HASH_BITS);
export const ENTRY_BYTES = 40;
const TEXT = 16;

const BUCKETS = 8;
const WINDOW = 3;
const FOLD = 0x202020;
const HASH = 0x9e3779b1;

/** Where in its literal each filter window lies, and which bucket of the filter has it. */
interface Placement {
  readonly offset: number;
  readonly bucket: number;
}

/** Builds the kernel's tables for the literals. */
export function anchorTable(literals: readonly AnchorLiteral[]): Uint8Array {
  const table = new Uint8Array(ENTRIES + literals.length * ENTRY_BYTES);
  const view = new DataView(table.buffer);
  const placements = place(literals);
  literals.forEach((literal, index) => {
    const { offset, bucket } = placements[index] ?? { offset: 0, bucket: 0 };
    for (let position = 0; position < WINDOW; position++) {
      for (const byte of spellings(literal, offset + position)) {
        const low = position * 32 + (byte & 15);
        const high = position * 32 + 16 + (byte >> 4);
        table[low] = (table[low] ?? 0) | (1 << bucket);
        table[high] = (table[high] ?? 0) | (1 << bucket);
      }
    }
    addEntry(view, table, { literal, index, offset });
  });
  return table;
}

function addEntry(
  view: DataView,
  table: Uint8Array,
  item: { literal: AnchorLiteral; index: number; offset: number },
): void {
  const { text, fold } = item.literal;
  const code = (position: number) => text.charCodeAt(item.offset + position);
  const key = (code(0) | (code(1) << 8) | (code(2) << 16) | FOLD) >>> 0;
  const head = HEADS + 2 * (Math.imul(key, HASH) >>> (32 - HASH_BITS));
  const entry = ENTRIES + item.index * ENTRY_BYTES;
  view.setUint32(entry, key, true);
  view.setUint16(entry + 4, item.index, true);
  view.setUint8(entry + 6, item.offset);
  view.setUint8(entry + 7, text.length);
  view.setUint8(entry + 8, fold ? 1 : 0);
  view.setUint16(entry + 10, view.getUint16(head, true), true);
  view.setUint16(head, item.index + 1, true);
  for (let position = 0; position < text.length; position++) table[entry + TEXT + position] = text.charCodeAt(position);
}

/** The bytes that may stand at a position of a literal. */
function spellings(literal: AnchorLiteral, position: number): readonly number[] {
  const byte = literal.text.charCodeAt(position);
  return literal.fold && byte >= 0x61 && byte <= 0x7a ? [byte, byte - 0x20] : [byte];
}

/**
 * Chooses window and bucket of every literal so that random text passes the filter as seldom as possible: greedily,
 * rarest windows first, then once more over all with the rest in place.
 */
function place(literals: readonly AnchorLiteral[]): readonly Placement[] {
  const buckets = Array.from({ length: BUCKETS }, () => new Bucket());
  const placements: (Placement | undefined)[] = literals.map(() => undefined);
  const order = literals
    .map((_, index) => index)
    .sort((left, right) => rarity(literals[right]) - rarity(literals[left]) || left - right);
  for (let round = 0; round < ROUNDS; round++) {
    for (const index of order) {
      const literal = literals[index];
      if (literal === undefined) continue;
      const before = placements[index];
      if (before !== undefined) buckets[before.bucket]?.change(literal, before.offset, -1);
      const best = cheapest(buckets, literal);
      buckets[best.bucket]?.change(literal, best.offset, 1);
      placements[index] = best;
    }
  }
  return placements.map((placement) => placement ?? { offset: 0, bucket: 0 });
}

const ROUNDS = 3;

function rarity(literal: AnchorLiteral | undefined): number {
  if (literal === undefined) return 0;
  let best = 1;
  for (let offset = 0; offset + WINDOW <= literal.text.length; offset++) {
    let chance = 1;
    for (let position = 0; position < WINDOW; position++)
      chance *= spellings(literal, offset + position).reduce((sum, byte) => sum + frequency(byte), 0);
    best = Math.min(best, chance);
  }
  return best;
}

function cheapest(buckets: readonly Bucket[], literal: AnchorLiteral): Placement {
  let best: Placement = { offset: 0, bucket: 0 };
  let least = Number.POSITIVE_INFINITY;
  buckets.forEach((bucket, number) => {
    for (let offset = 0; offset + WINDOW <= literal.text.length; offset++) {
      const cost = bucket.costWith(literal, offset);
      if (cost < least) {
        least = cost;
        best = { offset, bucket: number };
      }
    }
  });
  return best;
}

/** How often each nibble is wanted at each of the three positions. */
class Bucket {
  readonly #low = Array.from({ length: WINDOW }, () => new Uint16Array(16));
  readonly #high = Array.from({ length: WINDOW }, () => new Uint16Array(16));
  #cost = 0;

  change(literal: AnchorLiteral, offset: number, by: 1 | -1): void {
    for (let position = 0; position < WINDOW; position++) {
      for (const byte of spellings(literal, offset + position)) {
        const low = this.#low[position];
        const high = this.#high[position];
        if (low !== undefined) low[byte & 15] = (low[byte & 15] ?? 0) + by;
        if (high !== undefined) high[byte >> 4] = (high[byte >> 4] ?? 0) + by;
      }
    }
    this.#cost = this.#chance(undefined, 0);
  }

  /** What the filter lets through more, once the literal is in the bucket. */
  costWith(literal: AnchorLiteral, offset: number): number {
    return this.#chance(literal, offset) - this.#cost;
  }

  #chance(literal: AnchorLiteral | undefined, offset: number): number {
    let chance = 1;
    for (let position = 0; position < WINDOW; position++) {
      let low = mask(this.#low[position]);
      let high = mask(this.#high[position]);
      for (const byte of literal === undefined ? [] : spellings(literal, offset + position)) {
        low |= 1 << (byte & 15);
        high |= 1 << (byte >> 4);
      }
      chance *= share(low, high);
    }
    return chance;
  }
}

function mask(counts: Uint16Array | undefined): number {
  let bits = 0;
  for (let nibble = 0; nibble < 16; nibble++) if ((counts?.[nibble] ?? 0) > 0) bits |= 1 << nibble;
  return bits;
}

/** Share of bytes whose low and high nibble are both wanted. */
function share(low: number, high: number): number {
  let sum = 0;
  for (let row = 0; row < 16; row++) {
    if ((high & (1 << row)) === 0) continue;
    for (let column = 0; column < 16; column++) {
      if ((low & (1 << column)) !== 0) sum += frequency(row * 16 + column);
    }
  }
  return sum;
}

/** How often a byte occurs in what images hold, source text and machine code alike, in 1/1000. */
function frequency(byte: number): number {
  const letter = COMMON.indexOf(String.fromCharCode(byte));
  if (letter >= 0) return (40 - letter * 0.85) / 1000;
  if (byte === 0) return 0.06;
  if (byte >= 0x30 && byte <= 0x39) return 0.009;
  if (byte >= 0x41 && byte <= 0x5a) return 0.004;
  return byte >= 0x20 && byte < 0x7f ? 0.004 : 0.0015;
}

/** The most frequent bytes of source text, most frequent first. */
const COMMON = ' etarniosldcpum.fg,hyb_()-"v/=k;xw\n';
