/**
 * Finds rows of an advisory segment: the name by binary search, the rank of the version's key once, then integer
 * comparisons for every row of the name. Twin of `findRows` in src/bundle/index/find-rows.ts.
 *
 * Segment: eleven u32 (see `Column`). Query: four u32: name pointer and length, key pointer and length (NO_KEY: none).
 * Result: pairs of u32, query and row.
 */
const NONE: u32 = 0xffffffff;
const NO_KEY: u32 = 0xffffffff;

const HIGH_INCLUSIVE: u32 = 1;
const EXACT: u32 = 2;
/** Rows the caller decides: compared at run time, verdicts, entries without versions. */
const CALLER: u32 = 4 | 8 | 16;

const QUERY_BYTES: usize = 16;

// @ts-ignore: decorator
@inline
function column(segment: usize, index: usize): usize {
  return <usize>load<u32>(segment + index * 4);
}

/** Order of two byte strings, eight bytes at a time while both have them. */
function compareBytes(left: usize, leftLength: u32, right: usize, rightLength: u32): i32 {
  const shared = min(leftLength, rightLength);
  let at: u32 = 0;
  for (; at + 8 <= shared; at += 8) {
    const a = load<u64>(left + at);
    const b = load<u64>(right + at);
    if (a != b) return bswap<u64>(a) < bswap<u64>(b) ? -1 : 1;
  }
  for (; at < shared; at++) {
    const difference = <i32>load<u8>(left + at) - <i32>load<u8>(right + at);
    if (difference != 0) return difference;
  }
  return leftLength < rightLength ? -1 : leftLength > rightLength ? 1 : 0;
}

/** Twice the index plus one where the table holds the bytes, else twice the index of the next larger item. */
function positionIn(bytes: usize, offsets: usize, count: u32, wanted: usize, length: u32): u32 {
  let low: u32 = 0;
  let high: u32 = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const start = load<u32>(offsets + <usize>middle * 4);
    const end = load<u32>(offsets + <usize>middle * 4, 4);
    const order = compareBytes(bytes + start, end - start, wanted, length);
    if (order == 0) return 2 * middle + 1;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return 2 * low;
}

/** Position of a bound, which has a key: rows whose bounds have none are the caller's. */
// @ts-ignore: decorator
@inline
function boundPosition(versionKeys: usize, version: u32): u32 {
  return 2 * load<u32>(versionKeys + <usize>version * 4) + 1;
}

/**
 * Writes at most `capacity` pairs to `out` and returns how many there are; where that is more, the caller makes room and
 * asks again.
 */
export function findRows(segment: usize, queries: usize, count: u32, out: usize, capacity: u32): u32 {
  const nameBytes = column(segment, 0);
  const nameOffsets = column(segment, 1);
  const nameCount = load<u32>(segment, 8);
  const rowStart = column(segment, 3);
  const lows = column(segment, 4);
  const highs = column(segment, 5);
  const flagBytes = column(segment, 6);
  const versionKeys = column(segment, 7);
  const keyBytes = column(segment, 8);
  const keyOffsets = column(segment, 9);
  const keyCount = load<u32>(segment, 40);
  let found: u32 = 0;
  for (let query: u32 = 0; query < count; query++) {
    const at = queries + <usize>query * QUERY_BYTES;
    const name = positionIn(nameBytes, nameOffsets, nameCount, <usize>load<u32>(at), load<u32>(at, 4));
    if ((name & 1) == 0) continue;
    const index = <usize>(name >> 1);
    const end = load<u32>(rowStart + index * 4, 4);
    const keyLength = load<u32>(at, 12);
    const keyed = keyLength != NO_KEY;
    const position = keyed ? positionIn(keyBytes, keyOffsets, keyCount, <usize>load<u32>(at, 8), keyLength) : 0;
    for (let row = load<u32>(rowStart + index * 4); row < end; row++) {
      const flags = <u32>load<u8>(flagBytes + row);
      if (keyed && (flags & CALLER) == 0) {
        const low = load<u32>(lows + <usize>row * 4);
        if (flags & EXACT) {
          if (boundPosition(versionKeys, low) != position) continue;
        } else {
          if (low != NONE && position < boundPosition(versionKeys, low)) continue;
          const high = load<u32>(highs + <usize>row * 4);
          if (high != NONE) {
            const bound = boundPosition(versionKeys, high);
            if (position > bound || (position == bound && !(flags & HIGH_INCLUSIVE))) continue;
          }
        }
      }
      if (found < capacity) {
        store<u32>(out + <usize>found * 8, query);
        store<u32>(out + <usize>found * 8, row, 4);
      }
      found++;
    }
  }
  return found;
}
