/**
 * Raw DEFLATE (RFC 1951) from one range of linear memory to another: for the many small members of jars, where a decoder
 * of the runtime costs an allocation each and with it garbage collections. All tables lie in scratch memory of the caller.
 */

/** Results below zero. */
const DAMAGED: i32 = -1;
const OUTPUT_FULL: i32 = -2;

/** Entry of a decoding table: code length (8 bits), kind or number of extra bits (8), value (16). */
const LITERAL: u32 = 0x80;
const END_OF_BLOCK: u32 = 0x40;
const SUBTABLE: u32 = 0x20;
const UNUSED: u32 = 0;

const LITERAL_BITS: u32 = 10;
const DISTANCE_BITS: u32 = 8;
const CODE_LENGTH_BITS: u32 = 7;
const MAX_BITS: u32 = 15;
/** Longest match: 15 + 5 bits for its length, 15 + 13 for its distance. */
const MATCH_BITS: u32 = 48;

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
let bits: u64 = 0;
let bitCount: u32 = 0;

/** Decodes `packedLength` bytes; returns the bytes written, or a negative result. */
export function inflateRaw(packed: usize, packedLength: u32, plain: usize, plainLength: u32, scratch: usize): i32 {
  source = packed;
  sourceEnd = packed + packedLength;
  bits = 0;
  bitCount = 0;
  let out: usize = plain;
  const outEnd: usize = plain + plainLength;
  while (true) {
    refill();
    if (bitCount < 3) return DAMAGED;
    const last = take(1);
    const kind = take(2);
    if (kind == 0) {
      const written = stored(out, outEnd);
      if (written < 0) return written;
      out += written;
    } else if (kind == 1 || kind == 2) {
      if (!(kind == 1 ? fixedTables(scratch) : dynamicTables(scratch))) return DAMAGED;
      const end = block(scratch, plain, out, outEnd);
      if (end < 0) return <i32>end;
      out = <usize>end;
    } else return DAMAGED;
    if (last == 1) return <i32>(out - plain);
  }
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

function stored(out: usize, outEnd: usize): i32 {
  take(bitCount & 7);
  // Whole bytes that were read ahead go back to the source.
  source -= bitCount >> 3;
  bits = 0;
  bitCount = 0;
  if (source + 4 > sourceEnd) return DAMAGED;
  const length = <u32>load<u16>(source);
  if ((length ^ 0xffff) != <u32>load<u16>(source, 2)) return DAMAGED;
  source += 4;
  if (source + length > sourceEnd) return DAMAGED;
  if (out + length > outEnd) return OUTPUT_FULL;
  memory.copy(out, source, length);
  source += length;
  return <i32>length;
}

function fixedTables(scratch: usize): bool {
  const lengths = scratch + LENGTHS;
  memory.fill(lengths, 8, 144);
  memory.fill(lengths + 144, 9, 112);
  memory.fill(lengths + 256, 7, 24);
  memory.fill(lengths + 280, 8, 8);
  if (!build(scratch, lengths, 288, LITERAL_TABLE, LITERAL_BITS, LITERALS_AND_LENGTHS)) return false;
  memory.fill(lengths, 5, 32);
  return build(scratch, lengths, 32, DISTANCE_TABLE, DISTANCE_BITS, DISTANCES);
}

function dynamicTables(scratch: usize): bool {
  const lengths = scratch + LENGTHS;
  refill();
  if (bitCount < 14) return false;
  const literals = take(5) + 257;
  const distances = take(5) + 1;
  const codes = take(4) + 4;
  memory.fill(lengths, 0, 19);
  for (let index: u32 = 0; index < codes; index++) {
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
    const length = entry & 0xff;
    if (entry == UNUSED || length > bitCount) return false;
    take(length);
    const symbol = entry >> 16;
    if (symbol < 16) {
      store<u8>(lengths + at, <u8>symbol);
      at++;
      continue;
    }
    const extra: u32 = symbol == 16 ? 2 : symbol == 17 ? 3 : 7;
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

/** Builds a two-level table from canonical code lengths. False where they are over-subscribed. */
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
    const codes = <u32>load<u16>(counts + (<usize>length << 1));
    left = (left << 1) - <i32>codes;
    if (left < 0) return false;
    store<u16>(offsets + (<usize>length << 1), <u16>offset);
    offset += codes;
  }
  for (let symbol: u32 = 0; symbol < count; symbol++) {
    const length = load<u8>(lengths + symbol);
    if (length == 0) continue;
    const place = offsets + ((<usize>length) << 1);
    const position = load<u16>(place);
    store<u16>(sorted + ((<usize>position) << 1), <u16>symbol);
    store<u16>(place, position + 1);
  }
  memory.fill(table, 0, (<usize>1 << tableBits) << 2);
  fill(scratch, lengths, table, tableBits, offset, meaning);
  return true;
}

/** Writes every code, shortest first, into the table and the subtables behind it. */
function fill(scratch: usize, lengths: usize, table: usize, tableBits: u32, codes: u32, meaning: u32): void {
  const sorted = scratch + SORTED;
  const primary: u32 = 1 << tableBits;
  let code: u32 = 0;
  let previous: u32 = 0;
  let next = primary;
  let prefix: u32 = 0xffffffff;
  let subtable: u32 = 0;
  let subBits: u32 = 0;
  for (let index: u32 = 0; index < codes; index++) {
    const symbol = <u32>load<u16>(sorted + (<usize>index << 1));
    const length = <u32>load<u8>(lengths + symbol);
    code <<= length - previous;
    previous = length;
    const reversed = reverse(code, length);
    code++;
    const entry = entryOf(scratch, symbol, length, meaning);
    if (length <= tableBits) {
      for (let slot = reversed; slot < primary; slot += 1 << length) store<u32>(table + (<usize>slot << 2), entry);
      continue;
    }
    const low = reversed & (primary - 1);
    if (low != prefix) {
      prefix = low;
      subBits = subtableBits(scratch, length, tableBits, index, codes, lengths);
      subtable = next;
      next += 1 << subBits;
      memory.fill(table + (<usize>subtable << 2), 0, (<usize>1 << subBits) << 2);
      store<u32>(table + (<usize>low << 2), (subtable << 16) | (SUBTABLE << 8) | subBits);
    }
    for (let slot = reversed >> tableBits; slot < 1 << subBits; slot += 1 << (length - tableBits)) {
      store<u32>(table + (<usize>(subtable + slot) << 2), entry);
    }
  }
}

/**
 * Bits of a subtable: enough for the longest code that shares the prefix. Canonical codes of one prefix follow one another
 * and fill it, so the sum of all subtables stays below the tables' room; only the last prefix can be incomplete.
 */
function subtableBits(scratch: usize, length: u32, tableBits: u32, index: u32, codes: u32, lengths: usize): u32 {
  const sorted = scratch + SORTED;
  let room: i32 = 1 << (length - tableBits);
  let wide = length;
  for (let at = index; at < codes && room > 0; at++) {
    const next = <u32>load<u8>(lengths + load<u16>(sorted + (<usize>at << 1)));
    room <<= next - wide;
    wide = next;
    room--;
  }
  return wide - tableBits;
}

function reverse(code: u32, length: u32): u32 {
  let reversed: u32 = 0;
  for (let bit: u32 = 0; bit < length; bit++) {
    reversed = (reversed << 1) | (code & 1);
    code >>= 1;
  }
  return reversed;
}

function entryOf(scratch: usize, symbol: u32, length: u32, meaning: u32): u32 {
  if (meaning == PLAIN) return (symbol << 16) | length;
  if (meaning == LITERALS_AND_LENGTHS) {
    if (symbol < 256) return (symbol << 16) | (LITERAL << 8) | length;
    if (symbol == 256) return (END_OF_BLOCK << 8) | length;
    if (symbol > 285) return UNUSED;
    const at = <usize>(symbol - 257);
    return (<u32>load<u16>(scratch + LENGTH_BASE + (at << 1)) << 16) | (<u32>load<u8>(scratch + LENGTH_EXTRA + at) << 8) | length;
  }
  if (symbol > 29) return UNUSED;
  const at = <usize>symbol;
  return (<u32>load<u16>(scratch + DISTANCE_BASE + (at << 1)) << 16) | (<u32>load<u8>(scratch + DISTANCE_EXTRA + at) << 8) | length;
}

/** The entry for the next bits. */
// @ts-ignore: decorator
@inline
function lookUp(table: usize, tableBits: u32): u32 {
  const entry = load<u32>(table + ((<usize>(bits & ((1 << tableBits) - 1))) << 2));
  if (((entry >> 8) & 0xff) != SUBTABLE) return entry;
  const index = (entry >> 16) + (<u32>(bits >> tableBits) & ((1 << (entry & 0xff)) - 1));
  return load<u32>(table + (<usize>index << 2));
}

/** Decodes one block; returns where the output ends now, or a negative result. */
function block(scratch: usize, plain: usize, from: usize, outEnd: usize): i64 {
  const literals = scratch + LITERAL_TABLE;
  const distances = scratch + DISTANCE_TABLE;
  let out = from;
  while (true) {
    refill();
    let entry = lookUp(literals, LITERAL_BITS);
    // Three literals of at most 15 bits fit into one refill.
    for (let more = 0; more < 3 && ((entry >> 8) & 0xff) == LITERAL; more++) {
      const length = entry & 0xff;
      if (length > bitCount) return DAMAGED;
      if (out >= outEnd) return OUTPUT_FULL;
      bits >>= length;
      bitCount -= length;
      store<u8>(out, <u8>(entry >> 16));
      out++;
      entry = lookUp(literals, LITERAL_BITS);
    }
    const kind = (entry >> 8) & 0xff;
    if (kind == LITERAL) continue;
    const length = entry & 0xff;
    if (entry == UNUSED || length > bitCount) {
      // What looked unused or cut may only have lacked bits.
      if (source < sourceEnd && bitCount < MATCH_BITS) continue;
      return DAMAGED;
    }
    if (bitCount < MATCH_BITS) refill();
    bits >>= length;
    bitCount -= length;
    if (kind == END_OF_BLOCK) return <i64>out;
    if (kind > bitCount) return DAMAGED;
    const run = (entry >> 16) + take(kind);
    const far = lookUp(distances, DISTANCE_BITS);
    const farLength = far & 0xff;
    const farExtra = (far >> 8) & 0xff;
    if (far == UNUSED || farLength + farExtra > bitCount) return DAMAGED;
    bits >>= farLength;
    bitCount -= farLength;
    const distance = <usize>((far >> 16) + take(farExtra));
    if (distance > out - plain) return DAMAGED;
    if (out + run > outEnd) return OUTPUT_FULL;
    copy(out, distance, run, outEnd);
    out += run;
  }
}

// @ts-ignore: decorator
@inline
function copy(out: usize, distance: usize, run: u32, outEnd: usize): void {
  const end = out + run;
  let to = out;
  let from = out - distance;
  if (distance >= 8 && end + 8 <= outEnd) {
    do {
      store<u64>(to, load<u64>(from));
      to += 8;
      from += 8;
    } while (to < end);
    return;
  }
  if (distance == 1) {
    memory.fill(to, load<u8>(from), run);
    return;
  }
  while (to < end) {
    store<u8>(to, load<u8>(from));
    to++;
    from++;
  }
}
