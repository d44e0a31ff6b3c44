/**
 * CRC-32 of gzip (RFC 1952 section 8, reflected) without a table: a sparse multiple of the polynomial,
 * x^300 + x^155 + x^117 + x^89 + 1, lets the bits of a word be xored into words further on, until only the last words of
 * the data count ("Chorba", https://arxiv.org/abs/2412.16398). Both halves of the data go by side by side in the lanes of a vector.
 */

const POLYNOMIAL: u32 = 0xedb88320;
const WORD: usize = 8;
/** The last bytes of each half: what is xored into words further on must lie in them. */
const TAIL: usize = 8 * WORD;

/** x^(8 * bytes) modulo the polynomial for the last length asked for: blocks are of few lengths. */
let knownBytes: u32 = 0;
let knownPower: u32 = 0;

/** Goes on from the register `check` (zlib's value, inverted) over `2 * half` bytes; `half` is a multiple of 32, and at least 96. */
export function crc32(at: usize, half: usize, check: u32): u32 {
  let first = i64x2(check, 0);
  let second = i64x2(0, 0);
  let third = i64x2(0, 0);
  let fourth = i64x2(0, 0);
  let fifth = i64x2(0, 0);
  const end = at + half - TAIL;
  for (; at < end; at += 4 * WORD) {
    const a = xor(both(at, half), first);
    const b = xor(both(at + WORD, half), second);
    const c = xor(both(at + 2 * WORD, half), xor(third, toSecond(a)));
    const d = xor(both(at + 3 * WORD, half), xor(fourth, xor(toThird(a), toSecond(b))));
    first = xor(xor(fifth, toFourth(a)), xor(toThird(b), toSecond(c)));
    second = xor(xor(toFifth(a), toFourth(b)), xor(toThird(c), toSecond(d)));
    third = xor(xor(toFifth(b), toFourth(c)), toThird(d));
    fourth = xor(toFifth(c), toFourth(d));
    fifth = toFifth(d);
  }
  const left = tail(
    at,
    v128.extract_lane<u64>(first, 0),
    v128.extract_lane<u64>(second, 0),
    v128.extract_lane<u64>(third, 0),
    v128.extract_lane<u64>(fourth, 0),
    v128.extract_lane<u64>(fifth, 0),
  );
  const right = tail(
    at + half,
    v128.extract_lane<u64>(first, 1),
    v128.extract_lane<u64>(second, 1),
    v128.extract_lane<u64>(third, 1),
    v128.extract_lane<u64>(fourth, 1),
    v128.extract_lane<u64>(fifth, 1),
  );
  return multiply(left, power(<u32>half)) ^ right;
}

/** The words of both halves. */
// @ts-ignore: decorator
@inline
function both(at: usize, half: usize): v128 {
  return v128.load_lane<u64>(at + half, v128.load_zero<u64>(at), 1);
}

// @ts-ignore: decorator
@inline
function xor(left: v128, right: v128): v128 {
  return v128.xor(left, right);
}

/** What a word gives to the second word after it, and so on. */
// @ts-ignore: decorator
@inline
function toSecond(word: v128): v128 {
  return xor(v128.shl<i64>(word, 17), v128.shl<i64>(word, 55));
}

// @ts-ignore: decorator
@inline
function toThird(word: v128): v128 {
  return xor(v128.shr<u64>(word, 47), xor(v128.shr<u64>(word, 9), v128.shl<i64>(word, 19)));
}

// @ts-ignore: decorator
@inline
function toFourth(word: v128): v128 {
  return xor(v128.shr<u64>(word, 45), v128.shl<i64>(word, 44));
}

// @ts-ignore: decorator
@inline
function toFifth(word: v128): v128 {
  return v128.shr<u64>(word, 20);
}

/** The register after the last words of a half, bit by bit. */
function tail(at: usize, first: u64, second: u64, third: u64, fourth: u64, fifth: u64): u32 {
  let check = step(0, load<u64>(at) ^ first);
  check = step(check, load<u64>(at, 8) ^ second);
  check = step(check, load<u64>(at, 16) ^ third);
  check = step(check, load<u64>(at, 24) ^ fourth);
  check = step(check, load<u64>(at, 32) ^ fifth);
  for (let offset: usize = 40; offset < TAIL; offset += WORD) check = step(check, load<u64>(at + offset));
  return check;
}

function step(check: u32, word: u64): u32 {
  let rest = word ^ check;
  for (let bit = 0; bit < 64; bit++) rest = (rest >> 1) ^ (POLYNOMIAL & (0 - (rest & 1)));
  return <u32>rest;
}

/** Product modulo the polynomial; the highest bit stands for x^0. */
function multiply(left: u32, right: u32): u32 {
  let product: u32 = 0;
  for (; left != 0; left <<= 1) {
    if (left >> 31) product ^= right;
    right = (right >> 1) ^ (POLYNOMIAL & (0 - (right & 1)));
  }
  return product;
}

function power(bytes: u32): u32 {
  if (bytes == knownBytes) return knownPower;
  let result: u32 = 0x80000000;
  let square: u32 = 0x00800000;
  for (let rest = bytes; rest != 0; rest >>= 1) {
    if (rest & 1) result = multiply(result, square);
    square = multiply(square, square);
  }
  knownBytes = bytes;
  knownPower = result;
  return result;
}
