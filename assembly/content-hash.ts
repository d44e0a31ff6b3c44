/**
 * XXH64 (https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md, seed 0) over files that come in pieces.
 * State: four lanes (32 bytes), total length (8), bytes that fill no stripe yet (32).
 */
const P1: u64 = 0x9e3779b185ebca87;
const P2: u64 = 0xc2b2ae3d27d4eb4f;
const P3: u64 = 0x165667b19e3779f9;
const P4: u64 = 0x85ebca77c2b2ae63;
const P5: u64 = 0x27d4eb2f165667c5;
const STRIPE: usize = 32;
const TOTAL: usize = 32;
const PENDING: usize = 40;

// @ts-ignore: decorator
@inline
function round(lane: u64, input: u64): u64 {
  return rotl<u64>(lane + input * P2, 31) * P1;
}

// @ts-ignore: decorator
@inline
function merge(hash: u64, lane: u64): u64 {
  return (hash ^ round(0, lane)) * P1 + P4;
}

export function contentHashStart(state: usize): void {
  store<u64>(state, P1 + P2);
  store<u64>(state, P2, 8);
  store<u64>(state, 0, 16);
  store<u64>(state, 0 - P1, 24);
  store<u64>(state, 0, TOTAL);
}

/** Takes `length` bytes at `at` into the lanes; they must be whole stripes. */
function stripes(state: usize, at: usize, end: usize): void {
  let a = load<u64>(state);
  let b = load<u64>(state, 8);
  let c = load<u64>(state, 16);
  let d = load<u64>(state, 24);
  while (at < end) {
    a = round(a, load<u64>(at));
    b = round(b, load<u64>(at, 8));
    c = round(c, load<u64>(at, 16));
    d = round(d, load<u64>(at, 24));
    at += STRIPE;
  }
  store<u64>(state, a);
  store<u64>(state, b, 8);
  store<u64>(state, c, 16);
  store<u64>(state, d, 24);
}

export function contentHashUpdate(state: usize, at: usize, length: usize): void {
  const total = load<u64>(state, TOTAL);
  store<u64>(state, total + <u64>length, TOTAL);
  const held = <usize>(total & 31);
  if (held > 0) {
    const missing = STRIPE - held;
    const taken = length < missing ? length : missing;
    memory.copy(state + PENDING + held, at, taken);
    if (taken < missing) return;
    stripes(state, state + PENDING, state + PENDING + STRIPE);
    at += taken;
    length -= taken;
  }
  const whole = length & ~(STRIPE - 1);
  if (whole > 0) stripes(state, at, at + whole);
  const rest = length - whole;
  if (rest > 0) memory.copy(state + PENDING, at + whole, rest);
}

/** Writes the hash (8 bytes, little endian) to `out`. */
export function contentHashFinish(state: usize, out: usize): void {
  const total = load<u64>(state, TOTAL);
  let hash: u64 = P5;
  if (total >= 32) {
    const a = load<u64>(state);
    const b = load<u64>(state, 8);
    const c = load<u64>(state, 16);
    const d = load<u64>(state, 24);
    hash = rotl<u64>(a, 1) + rotl<u64>(b, 7) + rotl<u64>(c, 12) + rotl<u64>(d, 18);
    hash = merge(merge(merge(merge(hash, a), b), c), d);
  }
  hash += total;
  let at = state + PENDING;
  const end = at + <usize>(total & 31);
  for (; at + 8 <= end; at += 8) hash = rotl<u64>(hash ^ round(0, load<u64>(at)), 27) * P1 + P4;
  if (at + 4 <= end) {
    hash = rotl<u64>(hash ^ (<u64>load<u32>(at) * P1), 23) * P2 + P3;
    at += 4;
  }
  for (; at < end; at += 1) hash = rotl<u64>(hash ^ (<u64>load<u8>(at) * P5), 11) * P1;
  hash = (hash ^ (hash >> 33)) * P2;
  hash = (hash ^ (hash >> 29)) * P3;
  store<u64>(out, hash ^ (hash >> 32));
}

/** A file that lies in one piece: start, update and finish in one call. */
export function contentHashWhole(state: usize, at: usize, length: usize, out: usize): void {
  contentHashStart(state);
  contentHashUpdate(state, at, length);
  contentHashFinish(state, out);
}
