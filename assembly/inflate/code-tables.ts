/**
 * Decoding tables of DEFLATE (RFC 1951 section 3.2.2) in the scratch memory of a stream: two levels, made from the lengths of
 * the codes alone.
 */

/**
 * Entry of a decoding table: bits to take (8 bits, below 64, so that an entry serves as a shift; of a length or distance with
 * its extra bits), bits of the code alone (8), value (15), mark (1). What is met most or never carries the mark, so that one
 * comparison tells it: literals, and among distances what is none.
 */
const MARK: u32 = 0x80000000;
const VALUE_MASK: u32 = 0x7fff;
/** What is neither a literal nor a length; among distances the mark alone says so. */
export const SPECIAL: u32 = 0x40000000;
/** Which special entry, beside the bits of the code. Neither: there is no such code. */
export const END_OF_BLOCK: u32 = 0x8000;
const SUBTABLE: u32 = 0x4000;
const SUBTABLE_MASK: u32 = 0x3fff;

const MAX_BITS: u32 = 15;

/** Layout of the scratch memory (bytes). The first part is written by the caller, once. */
const LENGTH_BASE: usize = 0; // u16[29]
const LENGTH_EXTRA: usize = 64; // u8[29]
const DISTANCE_BASE: usize = 96; // u16[30]
const DISTANCE_EXTRA: usize = 160; // u8[30]
export const CODE_ORDER: usize = 192; // u8[19]
export const LENGTHS: usize = 256; // u8[320]: code lengths of the block
const COUNTS: usize = 640; // u16[16]
const OFFSETS: usize = 704; // u16[16]
const SORTED: usize = 768; // u16[320]
export const LITERAL_TABLE: usize = 2048; // u32[4096]
export const DISTANCE_TABLE: usize = 2048 + 16384; // u32[2048]
export const CODE_LENGTH_TABLE: usize = 2048 + 16384 + 8192; // u32[128]

/** What the code lengths of a table stand for. */
export const LITERALS_AND_LENGTHS: u32 = 0;
export const DISTANCES: u32 = 1;
export const PLAIN: u32 = 2;

/**
 * Builds a two-level table from canonical code lengths. False where they are over-subscribed or leave gaps, but for a single
 * code of one bit and no codes at all: zlib takes these and no others, and what is read must not depend on the decoder.
 */
export function build(scratch: usize, lengths: usize, count: u32, tableOffset: usize, tableBits: u32, meaning: u32): bool {
  const counts = scratch + COUNTS;
  const offsets = scratch + OFFSETS;
  const sorted = scratch + SORTED;
  const table = scratch + tableOffset;
  memory.fill(counts, 0, 32);
  for (let symbol: u32 = 0; symbol < count; symbol++) {
    const place = counts + ((<usize>load<u8>(lengths + symbol)) << 1);
    store<u16>(place, load<u16>(place) + 1);
  }
  let left: i32 = 1;
  let offset: u32 = 0;
  for (let length: u32 = 1; length <= MAX_BITS; length++) {
    const same = <u32>load<u16>(counts + (<usize>length << 1));
    left = (left << 1) - <i32>same;
    if (left < 0) return false;
    store<u16>(offsets + (<usize>length << 1), <u16>offset);
    offset += same;
  }
  for (let symbol: u32 = 0; symbol < count; symbol++) {
    const length = load<u8>(lengths + symbol);
    if (length == 0) continue;
    const place = offsets + ((<usize>length) << 1);
    const position = load<u16>(place);
    store<u16>(sorted + ((<usize>position) << 1), <u16>symbol);
    store<u16>(place, position + 1);
  }
  if (left > 0) {
    if (meaning == PLAIN || offset > <u32>load<u16>(counts + 2)) return false;
    markUnused(table, 1 << tableBits, meaning);
  }
  fill(scratch, lengths, table, tableBits, offset, meaning);
  return true;
}

/** What lies in a gap is no symbol. */
function markUnused(table: usize, entries: u32, meaning: u32): void {
  const unused = specialOf(meaning);
  for (let entry: u32 = 0; entry < entries; entry++) store<u32>(table + (<usize>entry << 2), unused);
}

// @ts-ignore: decorator
@inline
function specialOf(meaning: u32): u32 {
  return meaning == DISTANCES ? MARK : SPECIAL;
}

/**
 * Writes every code, shortest first, into the table and the subtables behind it. The part of the table that the bits of the
 * codes so far tell apart is doubled for each bit more, so that a code is stored once and copied with its neighbours.
 */
function fill(scratch: usize, lengths: usize, table: usize, tableBits: u32, count: u32, meaning: u32): void {
  const sorted = scratch + SORTED;
  const primary: u32 = 1 << tableBits;
  /** The next code with its bits in the order in which they are read. */
  let code: u32 = 0;
  /** Entries that are told apart by now. */
  let size: u32 = 1;
  let next = primary;
  let prefix: u32 = 0xffffffff;
  let subtable: u32 = 0;
  let subBits: u32 = 0;
  for (let index: u32 = 0; index < count; index++) {
    const symbol = <u32>load<u16>(sorted + (<usize>index << 1));
    const length = <u32>load<u8>(lengths + symbol);
    const entry = entryOf(scratch, symbol, meaning);
    size = widen(table, size, length < tableBits ? 1 << length : primary);
    if (length <= tableBits) store<u32>(table + (<usize>code << 2), entry + length * 0x101);
    else {
      const low = code & (primary - 1);
      if (low != prefix) {
        prefix = low;
        subBits = subtableBits(scratch, length, tableBits, index, count, lengths);
        subtable = next;
        next += 1 << subBits;
        store<u32>(table + (<usize>low << 2), specialOf(meaning) | (subtable << 16) | SUBTABLE | (subBits << 8));
      }
      const rest = length - tableBits;
      const whole = entry + rest * 0x101;
      for (let slot = code >> tableBits; slot < 1 << subBits; slot += 1 << rest)
        store<u32>(table + (<usize>(subtable + slot) << 2), whole);
    }
    code = successor(code, length);
  }
  widen(table, size, primary);
}

// @ts-ignore: decorator
@inline
function widen(table: usize, from: u32, to: u32): u32 {
  let size = from;
  while (size < to) {
    memory.copy(table + (<usize>size << 2), table, <usize>size << 2);
    size <<= 1;
  }
  return size;
}

/** The next code of the same length: one more, counted from the highest bit down. */
// @ts-ignore: decorator
@inline
function successor(code: u32, length: u32): u32 {
  const zeros = code ^ ((1 << length) - 1);
  if (zeros == 0) return code;
  const bit: u32 = 1 << (31 - clz(zeros));
  return (code & (bit - 1)) | bit;
}

/**
 * Bits of a subtable: enough for the longest code that shares the prefix. Canonical codes of one prefix follow one another
 * and fill it, so the sum of all subtables stays below the tables' room.
 */
function subtableBits(scratch: usize, length: u32, tableBits: u32, index: u32, count: u32, lengths: usize): u32 {
  const sorted = scratch + SORTED;
  let room: i32 = 1 << (length - tableBits);
  let wide = length;
  for (let at = index; at < count && room > 0; at++) {
    const next = <u32>load<u8>(lengths + load<u16>(sorted + (<usize>at << 1)));
    room <<= next - wide;
    wide = next;
    room--;
  }
  return wide - tableBits;
}

/** The entry of a symbol, to which the bits of its code are still to be added in both places. */
function entryOf(scratch: usize, symbol: u32, meaning: u32): u32 {
  if (meaning == PLAIN) return symbol << 16;
  if (meaning == LITERALS_AND_LENGTHS) {
    if (symbol < 256) return MARK | (symbol << 16);
    if (symbol == 256) return SPECIAL | END_OF_BLOCK;
    if (symbol > 285) return SPECIAL;
    const at = <usize>(symbol - 257);
    return (<u32>load<u16>(scratch + LENGTH_BASE + (at << 1)) << 16) + <u32>load<u8>(scratch + LENGTH_EXTRA + at);
  }
  if (symbol > 29) return MARK;
  const at = <usize>symbol;
  return (<u32>load<u16>(scratch + DISTANCE_BASE + (at << 1)) << 16) + <u32>load<u8>(scratch + DISTANCE_EXTRA + at);
}

/** Whether an entry stands for a subtable: codes that are longer than the bits of the table. */
// @ts-ignore: decorator
@inline
export function isSubtable(entry: u32, meaning: u32): bool {
  const marks = specialOf(meaning) | SUBTABLE;
  return (entry & marks) == marks;
}

/** The entry in the subtable of an entry, by the further bits of the code. */
// @ts-ignore: decorator
@inline
export function subtableEntry(table: usize, entry: u32, hold: u64): u32 {
  const within = <u32>hold & ((1 << ((entry >> 8) & 0x1f)) - 1);
  return load<u32>(table + (<usize>(((entry >> 16) & SUBTABLE_MASK) + within) << 2));
}

/** What a length or distance stands for: its base and the extra bits behind its code. */
// @ts-ignore: decorator
@inline
export function valueOf(entry: u32, hold: u64): u32 {
  return ((entry >> 16) & VALUE_MASK) + <u32>((hold & ((1 << <u64>(entry & 0xff)) - 1)) >> ((entry >> 8) & 0x1f));
}
