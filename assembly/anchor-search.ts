/**
 * Finds every occurrence of many literals: a four-byte Teddy filter (Hyperscan, https://github.com/intel/hyperscan,
 * src/fdr) over 16 buckets of literals, then one bit for the four bytes, then the whole literal. Tables are laid out by
 * src/wasm/anchor-table.ts.
 */

/** Offsets in the tables; the same constants stand in src/wasm/anchor-table.ts. */
const SET_BYTES: usize = 128;
const BITMAP: usize = 256;
const SLOT_BITS: u32 = 12;
const HEADS: usize = BITMAP + (4 << SLOT_BITS);
const ENTRIES: usize = HEADS + (2 << SLOT_BITS);
const ENTRY_BYTES: u32 = 72;
const LEFT: usize = 2;
const AROUND: usize = 8;
const AROUND_MASK: usize = 16;
const TEXT: usize = 24;
const MASK: usize = 48;

const FOLD: u32 = 0x20202020;
/** Leaves the fourth byte out. */
const HASH: u32 = 0x9e3779b1 << 8;

/** Bytes after a window that are read when its literals are compared. */
const BEYOND: usize = 64;

/**
 * Searches `[from, end)` for filter windows that begin at `from` or later. Writes pairs (position of the literal
 * relative to `base`, literal) to `out` until `room` pairs are there. Returns the pairs written; where to go on is at
 * `state`: `end` when all is done.
 */
export function anchorSearch(tables: usize, base: usize, from: usize, end: usize, out: usize, room: u32, state: usize): u32 {
  const nibble = i8x16.splat(0x0f);
  const lowA1 = v128.load(tables, 0), highA1 = v128.load(tables, 16);
  const lowA2 = v128.load(tables, 32), highA2 = v128.load(tables, 48);
  const lowA3 = v128.load(tables, 64), highA3 = v128.load(tables, 80);
  const lowA4 = v128.load(tables, 96), highA4 = v128.load(tables, 112);
  const lowB1 = v128.load(tables, SET_BYTES + 0), highB1 = v128.load(tables, SET_BYTES + 16);
  const lowB2 = v128.load(tables, SET_BYTES + 32), highB2 = v128.load(tables, SET_BYTES + 48);
  const lowB3 = v128.load(tables, SET_BYTES + 64), highB3 = v128.load(tables, SET_BYTES + 80);
  const lowB4 = v128.load(tables, SET_BYTES + 96), highB4 = v128.load(tables, SET_BYTES + 112);
  // What the bytes before could be, by position in the window: anything, at the begin.
  let wasA1 = i8x16.splat(-1), wasA2 = wasA1, wasA3 = wasA1;
  let wasB1 = wasA1, wasB2 = wasA1, wasB3 = wasA1;
  let count: u32 = 0;
  let at = from;
  const vectorEnd = end >= BEYOND ? end - BEYOND : 0;
  while (at <= vectorEnd) {
    const left = v128.load(at, 3), right = v128.load(at, 19);
    const lowLeft = v128.and(left, nibble), highLeft = v128.and(i16x8.shr_u(left, 4), nibble);
    const lowRight = v128.and(right, nibble), highRight = v128.and(i16x8.shr_u(right, 4), nibble);
    const leftA1 = fits(lowA1, highA1, lowLeft, highLeft), rightA1 = fits(lowA1, highA1, lowRight, highRight);
    const leftA2 = fits(lowA2, highA2, lowLeft, highLeft), rightA2 = fits(lowA2, highA2, lowRight, highRight);
    const leftA3 = fits(lowA3, highA3, lowLeft, highLeft), rightA3 = fits(lowA3, highA3, lowRight, highRight);
    const leftB1 = fits(lowB1, highB1, lowLeft, highLeft), rightB1 = fits(lowB1, highB1, lowRight, highRight);
    const leftB2 = fits(lowB2, highB2, lowLeft, highLeft), rightB2 = fits(lowB2, highB2, lowRight, highRight);
    const leftB3 = fits(lowB3, highB3, lowLeft, highLeft), rightB3 = fits(lowB3, highB3, lowRight, highRight);
    const windowsLeft = v128.or(
      windows(wasA1, leftA1, wasA2, leftA2, wasA3, leftA3, fits(lowA4, highA4, lowLeft, highLeft)),
      windows(wasB1, leftB1, wasB2, leftB2, wasB3, leftB3, fits(lowB4, highB4, lowLeft, highLeft)),
    );
    const windowsRight = v128.or(
      windows(leftA1, rightA1, leftA2, rightA2, leftA3, rightA3, fits(lowA4, highA4, lowRight, highRight)),
      windows(leftB1, rightB1, leftB2, rightB2, leftB3, rightB3, fits(lowB4, highB4, lowRight, highRight)),
    );
    wasA1 = rightA1, wasA2 = rightA2, wasA3 = rightA3;
    wasB1 = rightB1, wasB2 = rightB2, wasB3 = rightB3;
    if (v128.any_true(v128.or(windowsLeft, windowsRight))) {
      if (room - count < MOST_PER_STEP) break;
      let lanes = lanesOf(windowsLeft) | (lanesOf(windowsRight) << 16);
      do {
        count = verify(tables, base, at + ctz(lanes), out, count);
        lanes &= lanes - 1;
      } while (lanes != 0);
    }
    at += 32;
  }
  if (at > vectorEnd) {
    for (; at + 3 <= end; at++) {
      if (room - count < MOST_PER_POSITION) break;
      count = verifyLast(tables, base, at, end, out, count);
    }
    if (at + 3 > end) at = end;
  }
  store<u32>(state, <u32>at);
  return count;
}

/** Literals with the same window are fewer than this; the host checks it. */
const MOST_PER_POSITION: u32 = 64;
const MOST_PER_STEP: u32 = 32 * MOST_PER_POSITION;

/** Which buckets of a set want each byte at one position of the window. */
// @ts-ignore: decorator
@inline
function fits(low: v128, high: v128, lows: v128, highs: v128): v128 {
  return v128.and(i8x16.relaxed_swizzle(low, lows), i8x16.relaxed_swizzle(high, highs));
}

/** Buckets whose four positions fit, by begin of the window: lane 0 of the fourth is three bytes after it. */
// @ts-ignore: decorator
@inline
function windows(was1: v128, now1: v128, was2: v128, now2: v128, was3: v128, now3: v128, now4: v128): v128 {
  const first = i8x16.shuffle(was1, now1, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28);
  const second = i8x16.shuffle(was2, now2, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29);
  const third = i8x16.shuffle(was3, now3, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30);
  return v128.and(v128.and(first, second), v128.and(third, now4));
}

// @ts-ignore: decorator
@inline
function lanesOf(matches: v128): u32 {
  return <u32>i8x16.bitmask(i8x16.ne(matches, i8x16.splat(0)));
}

// @ts-ignore: decorator
@inline
function slotOf(window: u32): u32 {
  return (window * HASH) >> (32 - SLOT_BITS);
}

/** Compares every literal whose window stands at `at`, `BEYOND` readable bytes after it; returns the new count. */
// @ts-ignore: decorator
@inline
function verify(tables: usize, base: usize, at: usize, out: usize, count: u32): u32 {
  const window = load<u32>(at) | FOLD;
  const slot = slotOf(window);
  if (((load<u32>(tables + (slot << 2), BITMAP) >> (window >> 24)) & 1) == 0) return count;
  const first: u32 = load<u16>(tables + (slot << 1), HEADS);
  let entry = tables + ENTRIES + (first - 1) * ENTRY_BYTES;
  for (let left: u32 = first == 0 ? 0 : load<u16>(entry, LEFT); left != 0; left--, entry += ENTRY_BYTES) {
    const offset = <usize>load<u8>(entry, 4);
    if (at - base >= offset && resembles(at, entry) && matches(at - offset, entry))
      count = put(out, count, at - base - offset, entry);
  }
  return count;
}

/** The same near the end, where only bytes before `end` may be read; at least three are left. */
function verifyLast(tables: usize, base: usize, at: usize, end: usize, out: usize, count: u32): u32 {
  const window = (<u32>load<u16>(at) | (<u32>load<u8>(at, 2) << 16)) | FOLD;
  const first: u32 = load<u16>(tables + (slotOf(window) << 1), HEADS);
  let entry = tables + ENTRIES + (first - 1) * ENTRY_BYTES;
  for (let left: u32 = first == 0 ? 0 : load<u16>(entry, LEFT); left != 0; left--, entry += ENTRY_BYTES) {
    const offset = <usize>load<u8>(entry, 4);
    const length = <usize>load<u8>(entry, 5);
    if (at - base >= offset && at - offset + length <= end && matchesLast(at - offset, entry, length))
      count = put(out, count, at - base - offset, entry);
  }
  return count;
}

/** Whether eight bytes around the window are the literal's: many literals share windows, and few of them this. */
// @ts-ignore: decorator
@inline
function resembles(at: usize, entry: usize): bool {
  const bytes = load<u64>(at - <usize>load<u8>(entry, 6));
  return ((bytes ^ load<u64>(entry, AROUND)) & load<u64>(entry, AROUND_MASK)) == 0;
}

// @ts-ignore: decorator
@inline
function matches(begin: usize, entry: usize): bool {
  const first = v128.and(v128.xor(v128.load(begin), v128.load(entry, TEXT)), v128.load(entry, MASK));
  const rest = (load<u64>(begin, 16) ^ load<u64>(entry, TEXT + 16)) & load<u64>(entry, MASK + 16);
  return rest == 0 && !v128.any_true(first);
}

function matchesLast(at: usize, entry: usize, length: usize): bool {
  for (let index: usize = 0; index < length; index++)
    if ((load<u8>(at + index) ^ load<u8>(entry + index, TEXT)) & load<u8>(entry + index, MASK)) return false;
  return true;
}

// @ts-ignore: decorator
@inline
function put(out: usize, count: u32, position: usize, entry: usize): u32 {
  store<u32>(out + (count << 3), <u32>position);
  store<u32>(out + (count << 3), <u32>load<u16>(entry), 4);
  return count + 1;
}

/** Line feeds in a range. */
export function countLines(from: usize, end: usize): u32 {
  let count: u32 = 0;
  let at = from;
  const feed = i8x16.splat(0x0a);
  while (at + 16 <= end) {
    // Lanes count up to 255 each.
    const stop = min(end - 15, at + 16 * 255);
    let lanes = i8x16.splat(0);
    for (; at < stop; at += 16) lanes = i8x16.sub(lanes, i8x16.eq(v128.load(at), feed));
    const sums = i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(lanes));
    count += i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1) + i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3);
  }
  for (; at < end; at++) count += load<u8>(at) == 0x0a ? 1 : 0;
  return count;
}
