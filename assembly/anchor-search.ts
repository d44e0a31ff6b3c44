/**
 * Finds every occurrence of many literals: a three-byte Teddy filter (Hyperscan, https://github.com/intel/hyperscan,
 * src/fdr) over 8 buckets of literals, then a hash of the three bytes, then the whole literal. Tables are laid out by
 * src/wasm/anchor-search.ts.
 */

/** Offsets in the tables; the same constants stand in src/wasm/anchor-table.ts. */
const MASKS: usize = 0;
const HEADS: usize = 96;
const HASH_BITS: u32 = 12;
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
  const low1 = v128.load(tables, MASKS), high1 = v128.load(tables, MASKS + 16);
  const low2 = v128.load(tables, MASKS + 32), high2 = v128.load(tables, MASKS + 48);
  const low3 = v128.load(tables, MASKS + 64), high3 = v128.load(tables, MASKS + 80);
  const nibble = i8x16.splat(0x0f);
  let count: u32 = 0;
  let at = from;
  const vectorEnd = end >= 34 ? end - 34 : 0;
  while (at <= vectorEnd) {
    const left = teddy(at, low1, high1, low2, high2, low3, high3, nibble);
    const right = teddy(at + 16, low1, high1, low2, high2, low3, high3, nibble);
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
function teddy(at: usize, low1: v128, high1: v128, low2: v128, high2: v128, low3: v128, high3: v128, nibble: v128): v128 {
  const first = v128.load(at), second = v128.load(at, 1), third = v128.load(at, 2);
  const match1 = v128.and(
    i8x16.relaxed_swizzle(low1, v128.and(first, nibble)),
    i8x16.relaxed_swizzle(high1, i8x16.shr_u(first, 4)),
  );
  const match2 = v128.and(
    i8x16.relaxed_swizzle(low2, v128.and(second, nibble)),
    i8x16.relaxed_swizzle(high2, i8x16.shr_u(second, 4)),
  );
  const match3 = v128.and(
    i8x16.relaxed_swizzle(low3, v128.and(third, nibble)),
    i8x16.relaxed_swizzle(high3, i8x16.shr_u(third, 4)),
  );
  return v128.and(v128.and(match1, match2), match3);
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
