/**
 * DEFLATE (RFC 1951) in linear memory: whole members at once, and streams piece by piece. A decoder of the runtime costs an
 * allocation per member or chunk and with it garbage collections. All tables lie in scratch memory of the caller.
 */

import {
  SPECIAL,
  END_OF_BLOCK,
  CODE_ORDER,
  LENGTHS,
  LITERAL_TABLE,
  DISTANCE_TABLE,
  CODE_LENGTH_TABLE,
  LITERALS_AND_LENGTHS,
  DISTANCES,
  PLAIN,
  build,
  isSubtable,
  subtableEntry,
  valueOf,
} from './inflate/code-tables';

/** What a call ends with. */
const DONE: i32 = 0;
const NEEDS_INPUT: i32 = 1;
const OUTPUT_FULL: i32 = 2;
const DAMAGED: i32 = -1;
/** Only within: a block has ended, and another one may follow. */
const BLOCK_DONE: i32 = 3;
/** Only within: the block goes on. */
const CODES_FOLLOW: i32 = 4;

/** Where a stream stands between two calls. */
const AT_HEADER: u32 = 0;
const IN_STORED: u32 = 1;
const IN_CODES: u32 = 2;

const LITERAL_BITS: u32 = 11;
const DISTANCE_BITS: u32 = 8;
const CODE_LENGTH_BITS: u32 = 7;
/** The last two of either cannot stand in a stream; only the fixed codes count them. */
const MAX_LITERALS: u32 = 286;
const MAX_DISTANCES: u32 = 30;

/** Bytes a dynamic block's header fits in: 14 + 19 * 3 + 320 * 14 bits. */
const HEADER_BYTES: usize = 576;
/** Three refills of eight bytes: the first one and two for a match. */
const REFILL_BYTES: usize = 24;

let source: usize = 0;
let sourceEnd: usize = 0;
/** Bits read ahead; above the counted ones lie bits of the byte at `source`. Below zero where the input ended too early. */
let bits: u64 = 0;
let bitCount: i32 = 0;
let place: u32 = AT_HEADER;
let isLastBlock: bool = false;
let storedLeft: u32 = 0;
let outputEnd: usize = 0;
/** Whether the tables are those of the fixed codes: small members have no others. */
let areFixed: bool = false;
/** How the codes of a block go on or ended. */
let outcome: i32 = DONE;

/** Forgets the last stream. */
export function begin(): void {
  bits = 0;
  bitCount = 0;
  place = AT_HEADER;
  isLastBlock = false;
}

/** Where the last call left the input: what follows comes again, with the eight bytes before it still in front. */
export function inputAt(): usize {
  return source;
}

/** Where the last call left the output. */
export function outputAt(): usize {
  return outputEnd;
}

/**
 * Goes on with a stream: from `input` on, to `output` until it is beyond `outputLimit`, by at most 280 bytes. Matches look back
 * as far as `history`.
 */
export function proceed(
  input: usize,
  inputEnd: usize,
  isLast: bool,
  history: usize,
  output: usize,
  outputLimit: usize,
  scratch: usize,
): i32 {
  source = input;
  sourceEnd = inputEnd;
  let out = output;
  let result = DONE;
  while (true) {
    if (place == AT_HEADER) {
      result = isLastBlock ? DONE : header(scratch, isLast);
      if (result != DONE || isLastBlock && place == AT_HEADER) break;
    }
    if (place == IN_STORED) {
      const room: u32 = out > outputLimit ? 0 : <u32>(outputLimit - out) + 1;
      const count = min(min(storedLeft, <u32>(sourceEnd - source)), room);
      memory.copy(out, source, count);
      out += count;
      source += count;
      storedLeft -= count;
      if (storedLeft > 0) {
        result = out > outputLimit ? OUTPUT_FULL : isLast ? DAMAGED : NEEDS_INPUT;
        break;
      }
      place = AT_HEADER;
    } else {
      out = codes(scratch, isLast, history, out, outputLimit);
      result = outcome;
      if (result != BLOCK_DONE) break;
      place = AT_HEADER;
    }
  }
  if (result == DONE) giveBack();
  outputEnd = out;
  return result;
}

/** Whole bytes that were read ahead go back to the input. */
function giveBack(): void {
  source -= <usize>(bitCount >> 3);
  bits = 0;
  bitCount = 0;
}

function header(scratch: usize, isLast: bool): i32 {
  if (!isLast && source + HEADER_BYTES > sourceEnd) return NEEDS_INPUT;
  refill();
  if (bitCount < 3) return DAMAGED;
  isLastBlock = take(1) == 1;
  const kind = take(2);
  if (kind == 0) return stored();
  if (kind == 3) return DAMAGED;
  if (!(kind == 1 ? fixedTables(scratch) : dynamicTables(scratch))) return DAMAGED;
  place = IN_CODES;
  return DONE;
}

// @ts-ignore: decorator
@inline
function refill(): void {
  if (source + 8 <= sourceEnd) {
    bits = ahead(source, bits, bitCount);
    source += aheadBytes(bitCount);
    bitCount |= 56;
  } else {
    while (bitCount <= 55 && source < sourceEnd) {
      bits |= (<u64>load<u8>(source)) << bitCount;
      source++;
      bitCount += 8;
    }
  }
}

// @ts-ignore: decorator
@inline
function take(count: u32): u32 {
  const value = <u32>(bits & ((1 << <u64>count) - 1));
  bits >>= count;
  bitCount -= count;
  return value;
}

function stored(): i32 {
  take(bitCount & 7);
  giveBack();
  if (source + 4 > sourceEnd) return DAMAGED;
  const length = <u32>load<u16>(source);
  if ((length ^ 0xffff) != <u32>load<u16>(source, 2)) return DAMAGED;
  source += 4;
  storedLeft = length;
  place = IN_STORED;
  return DONE;
}

function fixedTables(scratch: usize): bool {
  if (areFixed) return true;
  const lengths = scratch + LENGTHS;
  memory.fill(lengths, 8, 144);
  memory.fill(lengths + 144, 9, 112);
  memory.fill(lengths + 256, 7, 24);
  memory.fill(lengths + 280, 8, 8);
  if (!build(scratch, lengths, 288, LITERAL_TABLE, LITERAL_BITS, LITERALS_AND_LENGTHS)) return false;
  memory.fill(lengths, 5, 32);
  areFixed = build(scratch, lengths, 32, DISTANCE_TABLE, DISTANCE_BITS, DISTANCES);
  return areFixed;
}

function dynamicTables(scratch: usize): bool {
  areFixed = false;
  const lengths = scratch + LENGTHS;
  refill();
  if (bitCount < 14) return false;
  const literals = take(5) + 257;
  const distances = take(5) + 1;
  const lengthCodes = take(4) + 4;
  if (literals > MAX_LITERALS || distances > MAX_DISTANCES) return false;
  memory.fill(lengths, 0, 19);
  for (let index: u32 = 0; index < lengthCodes; index++) {
    refill();
    if (bitCount < 3) return false;
    store<u8>(lengths + load<u8>(scratch + CODE_ORDER + index), <u8>take(3));
  }
  if (!build(scratch, lengths, 19, CODE_LENGTH_TABLE, CODE_LENGTH_BITS, PLAIN)) return false;
  const total = literals + distances;
  let at: u32 = 0;
  while (at < total) {
    refill();
    const entry = nextEntry(scratch + CODE_LENGTH_TABLE, CODE_LENGTH_BITS, PLAIN);
    if (!takeEntry(entry)) return false;
    const symbol = entry >> 16;
    if (symbol < 16) {
      store<u8>(lengths + at, <u8>symbol);
      at++;
      continue;
    }
    const extra: i32 = symbol == 16 ? 2 : symbol == 17 ? 3 : 7;
    if (bitCount < extra) return false;
    const repeat = take(extra) + (symbol == 18 ? 11 : 3);
    if (at + repeat > total || (symbol == 16 && at == 0)) return false;
    memory.fill(lengths + at, symbol == 16 ? load<u8>(lengths + at - 1) : 0, repeat);
    at += repeat;
  }
  if (load<u8>(lengths + 256) == 0) return false;
  if (!build(scratch, lengths, literals, LITERAL_TABLE, LITERAL_BITS, LITERALS_AND_LENGTHS)) return false;
  return build(scratch, lengths + literals, distances, DISTANCE_TABLE, DISTANCE_BITS, DISTANCES);
}

/**
 * Decodes the codes of a block until it ends, the input gives out or the output is full; returns where the output ends, and
 * leaves in `outcome` why.
 */
function codes(scratch: usize, isLast: bool, history: usize, from: usize, outputLimit: usize): usize {
  let out = from;
  do {
    if (out > outputLimit) outcome = OUTPUT_FULL;
    else if (source + REFILL_BYTES <= sourceEnd) out = manyCodes(scratch, history, out, outputLimit);
    else if (isLast) out = oneCode(scratch, history, out);
    else outcome = NEEDS_INPUT;
  } while (outcome == CODES_FOLLOW);
  return out;
}

/** Eight bytes of input at once; bits that do not count yet are read again next time. */
// @ts-ignore: decorator
@inline
function ahead(input: usize, hold: u64, left: i32): u64 {
  return hold | (load<u64>(input) << left);
}

/** By how many bytes the input goes on then; 56 and more bits count afterwards. */
// @ts-ignore: decorator
@inline
function aheadBytes(left: i32): usize {
  return (~left >> 3) & 7;
}

/**
 * Decodes codes as long as input and output have room for any of them. The state lies in locals: in globals it would go
 * through memory at every step. Of `left` only the lowest six bits are right. Shifts look at no others, so a whole entry
 * serves as a shift and is subtracted.
 */
function manyCodes(scratch: usize, history: usize, from: usize, outputLimit: usize): usize {
  const literals = scratch + LITERAL_TABLE;
  const distances = scratch + DISTANCE_TABLE;
  const literalMask: u64 = (1 << <u64>LITERAL_BITS) - 1;
  const distanceMask: u64 = (1 << <u64>DISTANCE_BITS) - 1;
  const lastInput = sourceEnd - REFILL_BYTES;
  refill();
  let input = source;
  let hold = bits;
  let left = bitCount;
  let out = from;
  outcome = CODES_FOLLOW;
  let entry = load<u32>(literals + (<usize>(hold & literalMask) << 2));
  do {
    // two literals of at most 11 bits leave enough for the longest length
    if (<i32>entry < 0) {
      hold >>= entry;
      left -= entry;
      store<u8>(out, <u8>(entry >> 16));
      out++;
      entry = load<u32>(literals + (<usize>(hold & literalMask) << 2));
      if (<i32>entry < 0) {
        hold >>= entry;
        left -= entry;
        store<u8>(out, <u8>(entry >> 16));
        out++;
        entry = load<u32>(literals + (<usize>(hold & literalMask) << 2));
      }
    }
    if (isSubtable(entry, LITERALS_AND_LENGTHS)) {
      hold >>= LITERAL_BITS;
      left -= LITERAL_BITS;
      entry = subtableEntry(literals, entry, hold);
    }
    if (<i32>entry < 0) {
      hold >>= entry;
      left -= entry;
      store<u8>(out, <u8>(entry >> 16));
      out++;
      hold = ahead(input, hold, left);
      input += aheadBytes(left);
      left |= 56;
      entry = load<u32>(literals + (<usize>(hold & literalMask) << 2));
      continue;
    }
    const before = hold;
    hold >>= entry;
    left -= entry;
    if ((entry & SPECIAL) != 0) {
      outcome = (entry & END_OF_BLOCK) != 0 ? BLOCK_DONE : DAMAGED;
      break;
    }
    const run = valueOf(entry, before);
    hold = ahead(input, hold, left);
    input += aheadBytes(left);
    left |= 56;
    let far = load<u32>(distances + (<usize>(hold & distanceMask) << 2));
    if (<i32>far < 0) {
      if (isSubtable(far, DISTANCES)) {
        hold >>= DISTANCE_BITS;
        left -= DISTANCE_BITS;
        far = subtableEntry(distances, far, hold);
      }
      if (<i32>far < 0) {
        outcome = DAMAGED;
        break;
      }
    }
    const distance = <usize>valueOf(far, hold);
    hold >>= far;
    left -= far;
    if (distance > out - history) {
      outcome = DAMAGED;
      break;
    }
    hold = ahead(input, hold, left);
    input += aheadBytes(left);
    left |= 56;
    // looked up before the match is copied, so that neither waits for the other
    entry = load<u32>(literals + (<usize>(hold & literalMask) << 2));
    copy(out, distance, run);
    out += run;
  } while (input <= lastInput && out <= outputLimit);
  source = input;
  bits = hold;
  bitCount = left & 63;
  return out;
}

/** Decodes one literal, match or end of block from the last bytes of the input. */
function oneCode(scratch: usize, history: usize, out: usize): usize {
  refill();
  outcome = DAMAGED;
  const entry = nextEntry(scratch + LITERAL_TABLE, LITERAL_BITS, LITERALS_AND_LENGTHS);
  if (<i32>entry < 0) {
    if (!takeEntry(entry)) return out;
    store<u8>(out, <u8>(entry >> 16));
    outcome = CODES_FOLLOW;
    return out + 1;
  }
  if ((entry & SPECIAL) != 0) {
    if (takeEntry(entry) && (entry & END_OF_BLOCK) != 0) outcome = BLOCK_DONE;
    return out;
  }
  const run = valueOf(entry, bits);
  if (!takeEntry(entry)) return out;
  refill();
  const far = nextEntry(scratch + DISTANCE_TABLE, DISTANCE_BITS, DISTANCES);
  if (<i32>far < 0) return out;
  const distance = <usize>valueOf(far, bits);
  if (!takeEntry(far) || distance > out - history) return out;
  copy(out, distance, run);
  outcome = CODES_FOLLOW;
  return out + run;
}

/** The entry of the next code; bits that lead to a subtable are taken. */
function nextEntry(table: usize, tableBits: u32, meaning: u32): u32 {
  const entry = load<u32>(table + ((<usize>bits & ((1 << tableBits) - 1)) << 2));
  if (!isSubtable(entry, meaning)) return entry;
  take(tableBits);
  return subtableEntry(table, entry, bits);
}

/** Takes the bits of an entry; false where there were not as many. */
function takeEntry(entry: u32): bool {
  take(entry & 0xff);
  return bitCount >= 0;
}

/** Copies a match; writes up to 15 bytes beyond it, of a short one up to 29. */
// @ts-ignore: decorator
@inline
function copy(out: usize, distance: usize, run: u32): void {
  const end = out + run;
  let to = out;
  let from = out - distance;
  if (distance >= 16) {
    // 32 bytes at once hold nearly all matches
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
    to += 32;
    from += 32;
    while (to < end) {
      v128.store(to, v128.load(from));
      to += 16;
      from += 16;
    }
  } else if (distance == 1) {
    const same = i8x16.splat(load<u8>(from));
    do {
      v128.store(to, same);
      to += 16;
    } while (to < end);
  } else if (distance >= 8) {
    do {
      store<u64>(to, load<u64>(from));
      to += 8;
      from += 8;
    } while (to < end);
  } else {
    // Eight bytes of which the first `distance` are right already; the next step overwrites the others.
    do {
      store<u64>(to, load<u64>(from));
      to += distance;
      from += distance;
    } while (to < end);
  }
}
