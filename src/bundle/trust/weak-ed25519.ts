/** y coordinates, little-endian hex, of the points whose order divides 8 (RFC 8032 section 5.1; the cofactor is 8). */
const SMALL_ORDER = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]);

/**
 * Whether an Ed25519 public key is a small-order point or not reduced (y >= 2^255 - 19). Under the former a fixed
 * signature verifies any message wherever the library does not object; the latter gives one point several encodings,
 * so that it could count twice.
 */
export function isWeakEd25519Key(raw: Uint8Array): boolean {
  const y = Uint8Array.from(raw);
  y[31] = (y[31] ?? 0) & 0x7f;
  return SMALL_ORDER.has(Buffer.from(y).toString('hex')) || isUnreduced(y);
}

function isUnreduced(y: Uint8Array): boolean {
  if (y[31] !== 0x7f || (y[0] ?? 0) < 0xed) return false;
  return y.subarray(1, 31).every((byte) => byte === 0xff);
}
