/**
 * XXH64 with seed 0 (https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md): the reference of the
 * `content-hash` kernel. Not for trust: it tells equal files from changed ones.
 */

const P1 = 0x9e3779b185ebca87n;
const P2 = 0xc2b2ae3d27d4eb4fn;
const P3 = 0x165667b19e3779f9n;
const P4 = 0x85ebca77c2b2ae63n;
const P5 = 0x27d4eb2f165667c5n;
const STRIPE = 32;

/** The hash of `bytes` as an unsigned 64-bit number. */
export function contentHash(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const whole = bytes.length - (bytes.length % STRIPE);
  let hash = whole === 0 ? P5 : mergeLanes(readLanes(view, whole));
  hash = u64(hash + BigInt(bytes.length));
  return avalanche(takeRest(hash, view, whole));
}

function readLanes(view: DataView, whole: number): [bigint, bigint, bigint, bigint] {
  let [a, b, c, d] = [u64(P1 + P2), P2, 0n, u64(-P1)];
  for (let at = 0; at < whole; at += STRIPE) {
    a = round(a, view.getBigUint64(at, true));
    b = round(b, view.getBigUint64(at + 8, true));
    c = round(c, view.getBigUint64(at + 16, true));
    d = round(d, view.getBigUint64(at + 24, true));
  }
  return [a, b, c, d];
}

function mergeLanes(lanes: readonly [bigint, bigint, bigint, bigint]): bigint {
  const [a, b, c, d] = lanes;
  let hash = u64(rotate(a, 1n) + rotate(b, 7n) + rotate(c, 12n) + rotate(d, 18n));
  for (const lane of lanes) hash = u64((hash ^ round(0n, lane)) * P1 + P4);
  return hash;
}

function takeRest(start: bigint, view: DataView, from: number): bigint {
  let hash = start;
  let at = from;
  for (; at + 8 <= view.byteLength; at += 8) {
    hash = u64(rotate(hash ^ round(0n, view.getBigUint64(at, true)), 27n) * P1 + P4);
  }
  if (at + 4 <= view.byteLength) {
    hash = u64(rotate(hash ^ u64(BigInt(view.getUint32(at, true)) * P1), 23n) * P2 + P3);
    at += 4;
  }
  for (; at < view.byteLength; at += 1) {
    hash = u64(rotate(hash ^ u64(BigInt(view.getUint8(at)) * P5), 11n) * P1);
  }
  return hash;
}

function avalanche(start: bigint): bigint {
  let hash = u64((start ^ (start >> 33n)) * P2);
  hash = u64((hash ^ (hash >> 29n)) * P3);
  return hash ^ (hash >> 32n);
}

function round(lane: bigint, input: bigint): bigint {
  return u64(rotate(u64(lane + input * P2), 31n) * P1);
}

function rotate(value: bigint, bits: bigint): bigint {
  return u64((value << bits) | (value >> (64n - bits)));
}

function u64(value: bigint): bigint {
  return BigInt.asUintN(64, value);
}
