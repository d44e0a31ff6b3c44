/**
 * DEFLATE (RFC 1951) in linear memory: whole members at once, and streams piece by piece. A decoder of the runtime costs an
 * allocation per member or chunk and with it garbage collections. All tables lie in scratch memory of the caller.
 */

/** What a call ends with. */
const DONE: i32 = 0;
const NEEDS_INPUT: i32 = 1;
const OUTPUT_FULL: i32 = 2;
const DAMAGED: i32 = -1;
/** Only within: a block has ended, and another one follows. */
const BLOCK_DONE: i32 = 3;

/** Where a stream stands between two calls. */
const AT_HEADER: u32 = 0;
const IN_STORED: u32 = 1;
const IN_CODES: u32 = 2;

/**
 * Entry of a decoding table: bits to take (8 bits; of a length or distance with its extra bits), bits of the code alone (8),
 * value (15), mark (1). What is met most or never carries the mark, so that one comparison tells it: literals, and among
 * distances what is none.
 */
const MARK: u32 = 0x80000000;
const VALUE_MASK: u32 = 0x7fff;
/** What is neither a literal nor a length; among distances the mark alone says so. */
const SPECIAL: u32 = 0x40000000;
/** Which special entry, beside the bits of the code. Neither: there is no such code. */
const END_OF_BLOCK: u32 = 0x8000;
const SUBTABLE: u32 = 0x4000;
const SUBTABLE_MASK: u32 = 0x3fff;

const LITERAL_BITS: u32 = 11;
const DISTANCE_BITS: u32 = 8;
const CODE_LENGTH_BITS: u32 = 7;
const MAX_BITS: u32 = 15;
/** The last two of either cannot stand in a stream; only the fixed codes count them. */
const MAX_LITERALS: u32 = 286;
const MAX_DISTANCES: u32 = 30;

/** Bytes a dynamic block's header fits in: 14 + 19 * 3 + 320 * 14 bits. */
const HEADER_BYTES: usize = 576;
/** Two refills of eight bytes. */
const REFILL_BYTES: usize = 16;

/** Layout of the scratch memory (bytes). The first part is written by the caller, once. */
const LENGTH_BASE: usize = 0; // u16[29]
const LENGTH_EXTRA: usize = 64; // u8[29]
const DISTANCE_BASE: usize = 96; // u16[30]
const DISTANCE_EXTRA: usize = 160; // u8[30]
const CODE_ORDER: usize = 192; // u8[19]
const LENGTHS: usize = 256; // u8[320]: code lengths of the block
const COUNTS: usize = 640; // u16[16]
const OFFSETS: usize = 704; // u16[16]
const SORTED: usize = 768; // u16[320]
const LITERAL_TABLE: usize = 2048; // u32[4096]
const DISTANCE_TABLE: usize = 2048 + 16384; // u32[2048]
const CODE_LENGTH_TABLE: usize = 2048 + 16384 + 8192; // u32[128]

/** What the code lengths of a table stand for. */
const LITERALS_AND_LENGTHS: u32 = 0;
const DISTANCES: u32 = 1;
const PLAIN: u32 = 2;

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
/** What ended the codes of a block. */
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
    bits |= load<u64>(source) << bitCount;
    source += (63 - bitCount) >> 3;
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
    const entry = load<u32>(scratch + CODE_LENGTH_TABLE + ((<usize>(bits & 127)) << 2));
    const length = <i32>(entry & 0xff);
    if (entry == SPECIAL || length > bitCount) return false;
    take(length);
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
 * Builds a two-level table from canonical code lengths. False where they are over-subscribed or leave gaps, but for a single
 * code of one bit and no codes at all: zlib takes these and no others, and what is read must not depend on the decoder.
 */
function build(scratch: usize, lengths: usize, count: u32, tableOffset: usize, tableBits: u32, meaning: u32): bool {
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

/** What a length or distance stands for: its base and the extra bits behind its code. */
// @ts-ignore: decorator
@inline
function valueOf(entry: u32, hold: u64): u32 {
  return ((entry >> 16) & VALUE_MASK) + <u32>((hold & ((1 << <u64>(entry & 0xff)) - 1)) >> ((entry >> 8) & 0x1f));
}

/** Eight bytes of input at once; bits that do not count yet are read again next time. */
// @ts-ignore: decorator
@inline
function ahead(input: usize, hold: u64, count: i32): u64 {
  return hold | (load<u64>(input) << count);
}

/**
 * Decodes the codes of a block until it ends, the input gives out or the output is full; returns where the output ends, and
 * leaves in `outcome` why. The state lies in locals: in globals it would go through memory at every step.
 */
function codes(scratch: usize, isLast: bool, history: usize, from: usize, outputLimit: usize): usize {
  const literals = scratch + LITERAL_TABLE;
  const distances = scratch + DISTANCE_TABLE;
  const literalMask: u64 = (1 << <u64>LITERAL_BITS) - 1;
  const distanceMask: u64 = (1 << <u64>DISTANCE_BITS) - 1;
  let input = source;
  let hold = bits;
  let left = bitCount;
  let out = from;
  let result = DAMAGED;
  while (left >= 0) {
    if (out > outputLimit) {
      result = OUTPUT_FULL;
      break;
    }
    const isFast = input + REFILL_BYTES <= sourceEnd;
    if (isFast) {
      hold = ahead(input, hold, left);
      input += (63 - left) >> 3;
      left |= 56;
    } else {
      if (!isLast) {
        result = NEEDS_INPUT;
        break;
      }
      while (left <= 55 && input < sourceEnd) {
        hold |= (<u64>load<u8>(input)) << left;
        input++;
        left += 8;
      }
    }
    let entry = load<u32>(literals + (<usize>(hold & literalMask) << 2));
    // Three literals of at most 11 bits leave enough for the longest length.
    if (isFast && <i32>entry < 0) {
      hold >>= entry & 0x3f;
      left -= entry & 0xff;
      store<u8>(out, <u8>(entry >> 16));
      out++;
      entry = load<u32>(literals + (<usize>(hold & literalMask) << 2));
      if (<i32>entry < 0) {
        hold >>= entry & 0x3f;
        left -= entry & 0xff;
        store<u8>(out, <u8>(entry >> 16));
        out++;
        entry = load<u32>(literals + (<usize>(hold & literalMask) << 2));
        if (<i32>entry < 0) {
          hold >>= entry & 0x3f;
          left -= entry & 0xff;
          store<u8>(out, <u8>(entry >> 16));
          out++;
          entry = load<u32>(literals + (<usize>(hold & literalMask) << 2));
        }
      }
    }
    if ((entry & (SPECIAL | SUBTABLE)) == (SPECIAL | SUBTABLE)) {
      hold >>= LITERAL_BITS;
      left -= LITERAL_BITS;
      const within = <u32>hold & ((1 << ((entry >> 8) & 0x1f)) - 1);
      entry = load<u32>(literals + (<usize>(((entry >> 16) & SUBTABLE_MASK) + within) << 2));
    }
    if (<i32>entry < 0) {
      hold >>= entry & 0x3f;
      left -= entry & 0xff;
      store<u8>(out, <u8>(entry >> 16));
      out++;
      continue;
    }
    const before = hold;
    hold >>= entry & 0x3f;
    left -= entry & 0xff;
    if ((entry & SPECIAL) != 0) {
      if (left >= 0 && (entry & END_OF_BLOCK) != 0) result = BLOCK_DONE;
      break;
    }
    const run = valueOf(entry, before);
    if (isFast) {
      hold = ahead(input, hold, left);
      input += (63 - left) >> 3;
      left |= 56;
    }
    let far = load<u32>(distances + (<usize>(hold & distanceMask) << 2));
    if (<i32>far < 0) {
      if ((far & SUBTABLE) == 0) break;
      hold >>= DISTANCE_BITS;
      left -= DISTANCE_BITS;
      const within = <u32>hold & ((1 << ((far >> 8) & 0x1f)) - 1);
      far = load<u32>(distances + (<usize>(((far >> 16) & SUBTABLE_MASK) + within) << 2));
      if (<i32>far < 0) break;
    }
    const distance = <usize>valueOf(far, hold);
    hold >>= far & 0x3f;
    left -= far & 0xff;
    if (left < 0 || distance > out - history) break;
    copy(out, distance, run);
    out += run;
  }
  source = input;
  bits = hold;
  bitCount = left;
  outcome = result;
  return out;
}

/** Copies a match; writes up to 15 bytes beyond it. */
// @ts-ignore: decorator
@inline
function copy(out: usize, distance: usize, run: u32): void {
  const end = out + run;
  let to = out;
  let from = out - distance;
  if (distance >= 16) {
    do {
      v128.store(to, v128.load(from));
      to += 16;
      from += 16;
    } while (to < end);
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
