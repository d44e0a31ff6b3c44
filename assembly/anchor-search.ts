/**
 * Finds every occurrence of many literals: a four-byte Teddy filter (Hyperscan, https://github.com/intel/hyperscan,
 * src/fdr) over 16 buckets of literals, then a hash of three bytes, then the whole literal. Tables are laid out by
 * src/wasm/anchor-search.ts.
 */

/** Offsets in the tables; the same constants stand in src/wasm/anchor-table.ts. */
const MASKS: usize = 0;
const SET_BYTES: usize = 128;
const HEADS: usize = 256;
const HASH_BITS: u32 = 13;
const ENTRIES: usize = HEADS + 2 * (1 << HASH_BITS);
const ENTRY_BYTES: usize = 16;
const TEXT_BYTES: usize = 24;

const FOLD: u32 = 0x202020;
const HASH: u32 = 0x9e3779b1;

/**
 * Searches `[from, end)` for filter windows that begin at `from` or later. Writes pairs (position of the literal
 * relative to `base`, literal) to `out` until `room` pairs are there. Returns the pairs written; where to go on is at
 * `state`: `end` when all is done.
 */
export function anchorSearch(tables: usize, base: usize, from: usize, end: usize, out: usize, room: u32, state: usize): u32 {
  const nibble = i8x16.splat(0x0f);
  const lowA1 = v128.load(tables, MASKS + 0), highA1 = v128.load(tables, MASKS + 16);
  const lowA2 = v128.load(tables, MASKS + 32), highA2 = v128.load(tables, MASKS + 48);
  const lowA3 = v128.load(tables, MASKS + 64), highA3 = v128.load(tables, MASKS + 80);
  const lowA4 = v128.load(tables, MASKS + 96), highA4 = v128.load(tables, MASKS + 112);
  const lowB1 = v128.load(tables, SET_BYTES + MASKS + 0), highB1 = v128.load(tables, SET_BYTES + MASKS + 16);
  const lowB2 = v128.load(tables, SET_BYTES + MASKS + 32), highB2 = v128.load(tables, SET_BYTES + MASKS + 48);
  const lowB3 = v128.load(tables, SET_BYTES + MASKS + 64), highB3 = v128.load(tables, SET_BYTES + MASKS + 80);
  const lowB4 = v128.load(tables, SET_BYTES + MASKS + 96), highB4 = v128.load(tables, SET_BYTES + MASKS + 112);
  let count: u32 = 0;
  let at = from;
  const vectorEnd = end >= 36 ? end - 36 : 0;
  while (at <= vectorEnd) {
    const left = teddy(at, lowA1, highA1, lowA2, highA2, lowA3, highA3, lowA4, highA4, lowB1, highB1, lowB2, highB2, lowB3, highB3, lowB4, highB4, nibble);
    const right = teddy(at + 16, lowA1, highA1, lowA2, highA2, lowA3, highA3, lowA4, highA4, lowB1, highB1, lowB2, highB2, lowB3, highB3, lowB4, highB4, nibble);
    if (v128.any_true(v128.or(left, right))) {
      if (room - count < MOST_PER_STEP) break;
      let lanes = lanesOf(left) | (lanesOf(right) << 16);
      while (lanes != 0) {
        count = verify(tables, base, at + ctz(lanes), end, out, count);
        lanes &= lanes - 1;
      }
    }
    at += 32;
  }
  if (at > vectorEnd) {
    for (; at + 3 <= end; at++) {
      if (room - count < MOST_PER_POSITION) break;
      count = verify(tables, base, at, end, out, count);
    }
    if (at + 3 > end) at = end;
  }
  store<u32>(state, <u32>at);
  return count;
}

/** Literals with the same window are fewer than this; the host checks it. */
const MOST_PER_POSITION: u32 = 64;
const MOST_PER_STEP: u32 = 32 * MOST_PER_POSITION;

// @ts-ignore: decorator
@inline
function teddy(at: usize, lowA1: v128, highA1: v128, lowA2: v128, highA2: v128, lowA3: v128, highA3: v128, lowA4: v128, highA4: v128, lowB1: v128, highB1: v128, lowB2: v128, highB2: v128, lowB3: v128, highB3: v128, lowB4: v128, highB4: v128, nibble: v128): v128 {
  const byte1 = v128.load(at), byte2 = v128.load(at, 1), byte3 = v128.load(at, 2), byte4 = v128.load(at, 3);
  const l1 = v128.and(byte1, nibble), h1 = i8x16.shr_u(byte1, 4);
  const l2 = v128.and(byte2, nibble), h2 = i8x16.shr_u(byte2, 4);
  const l3 = v128.and(byte3, nibble), h3 = i8x16.shr_u(byte3, 4);
  const l4 = v128.and(byte4, nibble), h4 = i8x16.shr_u(byte4, 4);
  const matchA = v128.and(
    v128.and(v128.and(i8x16.relaxed_swizzle(lowA1, l1), i8x16.relaxed_swizzle(highA1, h1)), v128.and(i8x16.relaxed_swizzle(lowA2, l2), i8x16.relaxed_swizzle(highA2, h2))),
    v128.and(v128.and(i8x16.relaxed_swizzle(lowA3, l3), i8x16.relaxed_swizzle(highA3, h3)), v128.and(i8x16.relaxed_swizzle(lowA4, l4), i8x16.relaxed_swizzle(highA4, h4))),
  );
  const matchB = v128.and(
    v128.and(v128.and(i8x16.relaxed_swizzle(lowB1, l1), i8x16.relaxed_swizzle(highB1, h1)), v128.and(i8x16.relaxed_swizzle(lowB2, l2), i8x16.relaxed_swizzle(highB2, h2))),
    v128.and(v128.and(i8x16.relaxed_swizzle(lowB3, l3), i8x16.relaxed_swizzle(highB3, h3)), v128.and(i8x16.relaxed_swizzle(lowB4, l4), i8x16.relaxed_swizzle(highB4, h4))),
  );
  return v128.or(matchA, matchB);
}

// @ts-ignore: decorator
@inline
function lanesOf(matches: v128): u32 {
  return <u32>i8x16.bitmask(i8x16.ne(matches, i8x16.splat(0)));
}

/** Compares every literal whose window stands at `at`; returns the new count of pairs. */
// @ts-ignore: decorator
@inline
function verify(tables: usize, base: usize, at: usize, end: usize, out: usize, count: u32): u32 {
  const key = (<u32>load<u16>(at) | (<u32>load<u8>(at, 2) << 16)) | FOLD;
  let index: u32 = load<u16>(tables + HEADS + (((key * HASH) >> (32 - HASH_BITS)) << 1));
  while (index != 0) {
    const entry = tables + ENTRIES + <usize>(index - 1) * (ENTRY_BYTES + TEXT_BYTES);
    if (load<u32>(entry) == key) {
      const begin = at - <usize>load<u8>(entry, 6);
      const length = <usize>load<u8>(entry, 7);
      if (begin >= base && begin + length <= end && same(begin, entry + ENTRY_BYTES, length, load<u8>(entry, 8))) {
        store<u32>(out + (count << 3), <u32>(begin - base));
        store<u32>(out + (count << 3), <u32>load<u16>(entry, 4), 4);
        count++;
      }
    }
    index = load<u16>(entry, 10);
  }
  return count;
}

/** Whether the bytes are the text; with `fold`, letters of either case are the (lower-case) text's. */
function same(at: usize, text: usize, length: usize, fold: u8): bool {
  for (let index: usize = 0; index < length; index++) {
    let byte: u32 = load<u8>(at + index);
    if (fold && byte - 0x41 < 26) byte |= 0x20;
    if (byte != load<u8>(text + index)) return false;
  }
  return true;
}

/** Line feeds in a range. */
export function countLines(from: usize, end: usize): u32 {
  let count: u32 = 0;
  let at = from;
  const feed = i8x16.splat(0x0a);
  for (; at + 16 <= end; at += 16) count += popcnt(i8x16.bitmask(i8x16.eq(v128.load(at), feed)));
  for (; at < end; at++) count += load<u8>(at) == 0x0a ? 1 : 0;
  return count;
}
