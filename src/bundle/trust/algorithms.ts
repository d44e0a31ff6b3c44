import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { PlimsollError } from '../../errors.ts';
import { counted } from '../../model/counted.ts';
import { isWeakEd25519Key } from './weak-ed25519.ts';

/**
 * Signature algorithms: Ed25519 (RFC 8032), ML-DSA-65 (FIPS 204), ECDSA over P-256 with SHA-256 (FIPS 186-5). A hybrid key
 * is an Ed25519 and an ML-DSA-65 half; it counts only where both have signed.
 */
export const ALGORITHMS = ['ed25519', 'ml-dsa-65', 'ecdsa-p256'] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

/** SubjectPublicKeyInfo bytes (RFC 5280) before the raw key, and the lengths of raw key and signature. */
const SHAPES: Readonly<
  Record<Algorithm, { readonly prefix: Buffer; readonly key: number; readonly signature: number }>
> = {
  ed25519: { prefix: Buffer.from('302a300506032b6570032100', 'hex'), key: 32, signature: 64 },
  'ml-dsa-65': {
    prefix: Buffer.from('308207b2300b0609608648016503040312038207a100', 'hex'),
    key: 1952,
    signature: 3309,
  },
  'ecdsa-p256': {
    prefix: Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex'),
    key: 65,
    signature: 64,
  },
};

export function isAlgorithm(text: string): text is Algorithm {
  return ALGORITHMS.some((algorithm) => algorithm === text);
}

/** The raw public key of a key pair. Throws PLM_TRUST_KEY for a key of another kind. */
export function rawPublicKey(key: KeyObject): { readonly algorithm: Algorithm; readonly raw: Uint8Array } {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  const der = publicKey.export({ format: 'der', type: 'spki' });
  for (const algorithm of ALGORITHMS) {
    const { prefix, key: length } = SHAPES[algorithm];
    if (der.length === prefix.length + length && der.subarray(0, prefix.length).equals(prefix)) {
      return { algorithm, raw: new Uint8Array(der.subarray(prefix.length)) };
    }
  }
  throw new PlimsollError('PLM_TRUST_KEY', `a key of type ${key.asymmetricKeyType ?? 'unknown'} cannot sign bundles`);
}

/**
 * Refuses raw public keys that are no sound key: wrong length, a point off the curve, a small-order Ed25519 point (for
 * one of those, older OpenSSL accepts a signature over any message). Throws PLM_BUNDLE_ROOT.
 */
export function assertSoundPublicKey(algorithm: Algorithm, raw: Uint8Array): void {
  if (raw.length !== SHAPES[algorithm].key) throw unsound(algorithm, `has ${counted(raw.length, 'byte')}`);
  if (algorithm === 'ed25519' && isWeakEd25519Key(raw)) throw unsound(algorithm, 'is a weak point');
  if (algorithm === 'ecdsa-p256' && raw[0] !== 4) throw unsound(algorithm, 'is not an uncompressed point');
  try {
    publicKeyObject(algorithm, raw);
  } catch (cause) {
    throw unsound(algorithm, 'is no valid key', cause);
  }
}

function unsound(algorithm: Algorithm, reason: string, cause?: unknown): PlimsollError {
  return new PlimsollError('PLM_BUNDLE_ROOT', `a public key (${algorithm}) ${reason}`, { cause });
}

function publicKeyObject(algorithm: Algorithm, raw: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([SHAPES[algorithm].prefix, raw]), format: 'der', type: 'spki' });
}

/** The signature in its raw form: 64, 3309 or 64 bytes, as `SHAPES` says. ECDSA signs the SHA-256, the others the message. */
export function signBytes(algorithm: Algorithm, privateKey: KeyObject, message: Uint8Array): Uint8Array {
  if (algorithm === 'ecdsa-p256') return sign('sha256', message, { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return sign(null, message, privateKey);
}

export interface SignatureCheck {
  readonly algorithm: Algorithm;
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}

/** Whether the signature is the key's over the message. A signature of the wrong length is none. */
export function isSignedBy({ algorithm, publicKey, message, signature }: SignatureCheck): boolean {
  if (signature.length !== SHAPES[algorithm].signature) return false;
  const key = publicKeyObject(algorithm, publicKey);
  if (algorithm === 'ecdsa-p256') return verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, signature);
  return verify(null, message, key, signature);
}
