/**
 * LZMA and LZMA2 (https://www.7-zip.org/sdk.html, "LZMA specification"; https://tukaani.org/xz/xz-file-format.txt,
 * section 5.3.1) from one range of linear memory to another. The output is the dictionary. Probabilities lie in scratch
 * memory of the caller, who also leaves 64 readable bytes behind the input: a symbol reads at most one byte for each of
 * its 48 bits before the end of the input is looked for.
 */

/** Results below zero. */
const DAMAGED: i32 = -1;
const OUTPUT_FULL: i32 = -2;

/** Ways for the symbols of a run to end. */
const AT_OUTPUT_END: i32 = 0;
const AT_END_MARKER: i32 = 1;

const RANGE_TOP: u32 = 1 << 24;
const PROBABILITY_BITS: u32 = 11;
const MOVE_BITS: u32 = 5;
const EVEN_CHANCE: i16 = 1024;
/** Turns the step of a probability for a one into that for a zero: rounded towards it, as the specification has it. */
const ZERO_STEP: i32 = (1 << MOVE_BITS) - 1 - (1 << PROBABILITY_BITS);
const MATCH_MIN: u32 = 2;
/** States below it follow a literal. */
const LITERAL_STATES: u32 = 7;
const END_MARKER: u32 = 0xffffffff;
const MAX_LITERAL_BITS: u32 = 4;

/** Layout of the probabilities in the scratch memory (byte offsets of u16). */
const IS_MATCH: usize = 0; // [12][16]
const IS_REP: usize = 384; // [12]
const IS_REP_0: usize = 416; // [12]
const IS_REP_1: usize = 448; // [12]
const IS_REP_2: usize = 480; // [12]
const IS_REP_0_LONG: usize = 512; // [12][16]
const DISTANCE_SLOT: usize = 896; // [4][64]
const DISTANCE_SPECIAL: usize = 1408; // [128], of which 115 are used
const DISTANCE_ALIGN: usize = 1664; // [16]
const MATCH_LENGTH: usize = 1696; // choices [16], low [16][8], middle [16][8], high [256]
const REP_LENGTH: usize = 1696 + 1056;
const LITERALS: usize = 1696 + 2112; // [0x300 << (lc + lp)]
const LITERAL_CODER: u32 = 0x300;
const LENGTH_LOW: usize = 32;
const LENGTH_MIDDLE: usize = 32 + 256;
const LENGTH_HIGH: usize = 32 + 512;

/** Range decoder. */
let source: usize = 0;
let range: u32 = 0;
let code: u32 = 0;

/** What the encoder was told, and what it remembers from one symbol to the next. */
let literalContextBits: u32 = 0;
let literalPositionMask: u32 = 0;
let positionMask: u32 = 0;
let state: u32 = 0;
let rep0: u32 = 0;
let rep1: u32 = 0;
let rep2: u32 = 0;
let rep3: u32 = 0;
/** Where the next byte goes. */
let out: usize = 0;

/** Decodes all LZMA2 chunks; they must end where the input ends. Returns the bytes written, or a negative result. */
export function lzma2(packed: usize, packedLength: u32, plain: usize, plainLength: u32, scratch: usize): i32 {
  const packedEnd = packed + packedLength;
  const plainEnd = plain + plainLength;
  let at = packed;
  let dictionary: usize = 0;
  let needsProperties = true;
  out = plain;
  while (at < packedEnd) {
    const control = <u32>load<u8>(at);
    if (control == 0) return at + 1 == packedEnd ? <i32>(out - plain) : DAMAGED;
    const resetsDictionary = control == 1 || control >= 0xe0;
    if (resetsDictionary) {
      dictionary = out;
      needsProperties = true;
    } else if (dictionary == 0) return DAMAGED;
    if (control < 0x80) {
      if (control > 2 || at + 3 > packedEnd) return DAMAGED;
      const length = bigEndian16(at + 1) + 1;
      at += 3;
      if (at + length > packedEnd) return DAMAGED;
      if (out + length > plainEnd) return OUTPUT_FULL;
      memory.copy(out, at, length);
      out += length;
      at += length;
      continue;
    }
    const head: usize = control >= 0xc0 ? 6 : 5;
    if (at + head > packedEnd) return DAMAGED;
    const plainChunk = ((control & 0x1f) << 16) + bigEndian16(at + 1) + 1;
    const end = at + head + bigEndian16(at + 3) + 1;
    if (end > packedEnd) return DAMAGED;
    if (out + plainChunk > plainEnd) return OUTPUT_FULL;
    if (control >= 0xc0) {
      if (!setProperties(load<u8>(at, 5))) return DAMAGED;
      needsProperties = false;
    } else if (needsProperties) return DAMAGED;
    if (control >= 0xa0) resetState(scratch);
    if (!startRange(at + head, end)) return DAMAGED;
    if (symbols(scratch, dictionary, out + plainChunk, plainEnd, end) != AT_OUTPUT_END) return DAMAGED;
    normalise();
    if (source != end || code != 0) return DAMAGED;
    at = end;
  }
  return DAMAGED;
}

/**
 * Decodes one LZMA stream without its header, up to its end marker or to `plainLength` bytes. Returns the bytes written,
 * OUTPUT_FULL where a match would write more, or DAMAGED.
 */
export function lzma(packed: usize, packedLength: u32, plain: usize, plainLength: u32, properties: u32, scratch: usize): i32 {
  const packedEnd = packed + packedLength;
  const plainEnd = plain + plainLength;
  out = plain;
  if (!setProperties(properties)) return DAMAGED;
  resetState(scratch);
  if (!startRange(packed, packedEnd)) return DAMAGED;
  const end = symbols(scratch, plain, plainEnd, plainEnd, packedEnd);
  return end < 0 ? end : <i32>(out - plain);
}

// @ts-ignore: decorator
@inline
function bigEndian16(at: usize): u32 {
  return ((<u32>load<u8>(at)) << 8) | load<u8>(at, 1);
}

/** Literal context bits + 9 * (literal position bits + 5 * position bits); more literal coders than LZMA2 has are refused. */
function setProperties(properties: u32): bool {
  if (properties >= 9 * 5 * 5) return false;
  const literalPositionBits = (properties / 9) % 5;
  literalContextBits = properties % 9;
  literalPositionMask = (1 << literalPositionBits) - 1;
  positionMask = (1 << (properties / 45)) - 1;
  return literalContextBits + literalPositionBits <= MAX_LITERAL_BITS;
}

function resetState(scratch: usize): void {
  state = 0;
  rep0 = 0;
  rep1 = 0;
  rep2 = 0;
  rep3 = 0;
  const even = i16x8.splat(EVEN_CHANCE);
  const literals = (LITERAL_CODER << literalContextBits) * (literalPositionMask + 1);
  const end = scratch + LITERALS + (<usize>literals << 1);
  for (let at = scratch; at < end; at += 16) v128.store(at, even);
}

function startRange(at: usize, end: usize): bool {
  if (at + 5 > end || load<u8>(at) != 0) return false;
  range = 0xffffffff;
  code = bswap(load<u32>(at, 1));
  source = at + 5;
  return true;
}

/** Decodes symbols until the output ends at `outEnd`; bytes up to `plainEnd` may be scribbled on. */
function symbols(scratch: usize, dictionary: usize, outEnd: usize, plainEnd: usize, sourceEnd: usize): i32 {
  while (out < outEnd) {
    if (source > sourceEnd) return DAMAGED;
    const position = <u32>(out - dictionary);
    const positionState = position & positionMask;
    const states = scratch + (<usize>state << 1);
    const rows = scratch + ((<usize>((state << 4) + positionState)) << 1);
    if (bit(rows + IS_MATCH) == 0) {
      literal(scratch, position);
      continue;
    }
    let length: u32 = 0;
    if (bit(states + IS_REP) == 0) {
      rep3 = rep2;
      rep2 = rep1;
      rep1 = rep0;
      length = lengthOf(scratch + MATCH_LENGTH, positionState);
      rep0 = distanceOf(scratch, length);
      state = state < LITERAL_STATES ? 7 : 10;
      if (rep0 == END_MARKER) return source > sourceEnd ? DAMAGED : AT_END_MARKER;
    } else {
      if (bit(states + IS_REP_0) != 0) recall(states);
      else if (bit(rows + IS_REP_0_LONG) == 0) length = 1;
      if (length == 1) state = state < LITERAL_STATES ? 9 : 11;
      else {
        length = lengthOf(scratch + REP_LENGTH, positionState);
        state = state < LITERAL_STATES ? 8 : 11;
      }
    }
    if (rep0 >= position) return DAMAGED;
    if (length > <u32>(outEnd - out)) return OUTPUT_FULL;
    copy(<usize>rep0 + 1, length, plainEnd);
  }
  return source > sourceEnd ? DAMAGED : AT_OUTPUT_END;
}

/** Brings one of the older distances to the front. */
function recall(states: usize): void {
  let distance = rep1;
  if (bit(states + IS_REP_1) != 0) {
    distance = rep2;
    if (bit(states + IS_REP_2) != 0) {
      distance = rep3;
      rep3 = rep2;
    }
    rep2 = rep1;
  }
  rep1 = rep0;
  rep0 = distance;
}

function literal(scratch: usize, position: u32): void {
  const previous: u32 = position > 0 ? load<u8>(out - 1) : 0;
  const coder = ((position & literalPositionMask) << literalContextBits) + (previous >> (8 - literalContextBits));
  const table = scratch + LITERALS + ((<usize>(LITERAL_CODER * coder)) << 1);
  const symbol = state < LITERAL_STATES ? tree(table, 8) : matchedLiteral(table, load<u8>(out - <usize>rep0 - 1));
  store<u8>(out, <u8>symbol);
  out++;
  state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
}

/** A literal behind a match: as long as its bits are those of the byte that the match would have gone on with, they have probabilities of their own. */
function matchedLiteral(table: usize, expected: u32): u32 {
  let wide = range;
  let value = code;
  let from = source;
  let symbol: u32 = 1;
  let offset: u32 = 0x100;
  // As in `tree`, whose state lies in locals too: that is a tenth of the time.
  do {
    if (wide < RANGE_TOP) {
      wide <<= 8;
      value = (value << 8) | load<u8>(from);
      from++;
    }
    expected <<= 1;
    const expectedBit = expected & offset;
    const probability = table + (<usize>(offset + expectedBit + symbol) << 1);
    const chance = <u32>load<u16>(probability);
    const bound = (wide >> PROBABILITY_BITS) * chance;
    const one = <u32>(value >= bound);
    const mask: u32 = 0 - one;
    wide = bound + (mask & (wide - bound - bound));
    value -= mask & bound;
    store<u16>(probability, <u16>(chance - ((<i32>chance + (ZERO_STEP & <i32>~mask)) >> MOVE_BITS)));
    symbol = (symbol << 1) | one;
    offset &= expectedBit ^ ~mask;
  } while (symbol < 0x100);
  range = wide;
  code = value;
  source = from;
  return symbol;
}

function lengthOf(table: usize, positionState: u32): u32 {
  const row = <usize>positionState << 4;
  if (bit(table) == 0) return MATCH_MIN + tree(table + LENGTH_LOW + row, 3);
  if (bit(table + 2) == 0) return MATCH_MIN + 8 + tree(table + LENGTH_MIDDLE + row, 3);
  return MATCH_MIN + 16 + tree(table + LENGTH_HIGH, 8);
}

/** A distance less one; all ones for the end marker. */
function distanceOf(scratch: usize, length: u32): u32 {
  const row: usize = length - MATCH_MIN < 4 ? <usize>(length - MATCH_MIN) << 7 : 3 << 7;
  const slot = tree(scratch + DISTANCE_SLOT + row, 6);
  if (slot < 4) return slot;
  const direct = (slot >> 1) - 1;
  const base = (2 | (slot & 1)) << direct;
  if (slot < 14) return base + reverseTree(scratch + DISTANCE_SPECIAL + (<usize>(base - slot) << 1), direct);
  return base + (directBits(direct - 4) << 4) + reverseTree(scratch + DISTANCE_ALIGN, 4);
}

// @ts-ignore: decorator
@inline
function normalise(): void {
  if (range < RANGE_TOP) {
    range <<= 8;
    code = (code << 8) | load<u8>(source);
    source++;
  }
}

function bit(probability: usize): u32 {
  normalise();
  const chance = <u32>load<u16>(probability);
  const bound = (range >> PROBABILITY_BITS) * chance;
  if (code < bound) {
    range = bound;
    store<u16>(probability, <u16>(chance + (((1 << PROBABILITY_BITS) - chance) >> MOVE_BITS)));
    return 0;
  }
  range -= bound;
  code -= bound;
  store<u16>(probability, <u16>(chance - (chance >> MOVE_BITS)));
  return 1;
}

/** `bits` bits, highest first, each with a probability for what came before it. */
function tree(table: usize, bits: u32): u32 {
  const end: u32 = 1 << bits;
  let wide = range;
  let value = code;
  let from = source;
  let symbol: u32 = 1;
  do {
    if (wide < RANGE_TOP) {
      wide <<= 8;
      value = (value << 8) | load<u8>(from);
      from++;
    }
    const probability = table + (<usize>symbol << 1);
    const chance = <u32>load<u16>(probability);
    const bound = (wide >> PROBABILITY_BITS) * chance;
    // Without a branch: what a literal's bits are cannot be guessed.
    const one = <u32>(value >= bound);
    const mask: u32 = 0 - one;
    wide = bound + (mask & (wide - bound - bound));
    value -= mask & bound;
    store<u16>(probability, <u16>(chance - ((<i32>chance + (ZERO_STEP & <i32>~mask)) >> MOVE_BITS)));
    symbol = (symbol << 1) | one;
  } while (symbol < end);
  range = wide;
  code = value;
  source = from;
  return symbol - end;
}

/** `bits` bits, lowest first. */
function reverseTree(table: usize, bits: u32): u32 {
  let symbol: u32 = 1;
  let value: u32 = 0;
  for (let at: u32 = 0; at < bits; at++) {
    const one = bit(table + (<usize>symbol << 1));
    symbol = (symbol << 1) | one;
    value |= one << at;
  }
  return value;
}

/** `bits` bits of equal chances. */
function directBits(bits: u32): u32 {
  let value: u32 = 0;
  for (let at: u32 = 0; at < bits; at++) {
    normalise();
    range >>= 1;
    const one = <u32>(code >= range);
    code -= range & (0 - one);
    value = (value << 1) | one;
  }
  return value;
}

/** Repeats `length` bytes from `distance` back. */
// @ts-ignore: decorator
@inline
function copy(distance: usize, length: u32, plainEnd: usize): void {
  const end = out + length;
  let from = out - distance;
  let to = out;
  out = end;
  if (distance >= 16 && end + 16 <= plainEnd) {
    do {
      v128.store(to, v128.load(from));
      to += 16;
      from += 16;
    } while (to < end);
    return;
  }
  if (distance == 1) {
    memory.fill(to, load<u8>(from), length);
    return;
  }
  while (to < end) {
    store<u8>(to, load<u8>(from));
    to++;
    from++;
  }
}
