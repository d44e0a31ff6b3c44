import { createPublicKey, hash, type KeyObject, verify } from 'node:crypto';
import { isWeakEd25519Key } from '../../bundle/trust/weak-ed25519.ts';
import { type Digest, sha256Digest } from '../../model/digest.ts';
import type { Signature } from './signature.ts';

/** A public key that may sign images. */
export interface ImageKey {
  /** SHA-256 of its SubjectPublicKeyInfo (RFC 5280). */
  readonly id: Digest;
  readonly key: KeyObject;
}

/** Below this RSA is no longer approved for signatures (NIST SP 800-131A). */
const RSA_BITS = 2048;
/** Curves of FIPS 186-5 with the hash that sigstore's libraries take for each; SHA-256 is what cosign 2 took for all. */
const CURVES: ReadonlyMap<string, readonly string[]> = new Map([
  ['prime256v1', ['sha256']],
  ['secp384r1', ['sha384', 'sha256']],
  ['secp521r1', ['sha512', 'sha256']],
]);

/** A key in PEM as `cosign generate-key-pair` writes it to `cosign.pub`; otherwise the reason why it is none. */
export function parseImageKey(pem: string): ImageKey | string {
  if (!pem.includes('-----BEGIN PUBLIC KEY-----')) return 'it holds no public key in PEM (-----BEGIN PUBLIC KEY-----)';
  // Only the first would be read: whoever wrote down two means both.
  const blocks = pem.split('-----BEGIN ').length - 1;
  if (blocks > 1)
    return `it holds ${blocks} blocks, and one key is read of a file: give each a file and an option of its own`;
  let key: KeyObject;
  try {
    key = createPublicKey(pem);
  } catch (error) {
    return `it is damaged (${error instanceof Error ? error.message : String(error)})`;
  }
  const der = key.export({ format: 'der', type: 'spki' });
  const weakness = weaknessOf(key, der);
  return weakness ?? { id: sha256Digest(hash('sha256', der)), key };
}

function weaknessOf(key: KeyObject, der: Uint8Array): string | undefined {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  if (type === 'rsa') return (details?.modulusLength ?? 0) < RSA_BITS ? `RSA keys need ${RSA_BITS} bits` : undefined;
  if (type === 'ec')
    return CURVES.has(details?.namedCurve ?? '') ? undefined : 'its curve is none of P-256, P-384, P-521';
  if (type === 'ed25519') return isWeakEd25519Key(der.subarray(-32)) ? 'it is a weak point' : undefined;
  return `keys of type ${type} do not sign images`;
}

/** Whether the key made this signature: ECDSA, RSA (PKCS #1 v1.5) or Ed25519. */
export function isSignedWith({ key }: Pick<ImageKey, 'key'>, { message, bytes }: Signature): boolean {
  if (key.asymmetricKeyType === 'ed25519') return verify(null, message, key, bytes);
  const hashes = CURVES.get(key.asymmetricKeyDetails?.namedCurve ?? '') ?? ['sha256'];
  return hashes.some((hash) => verify(hash, message, key, bytes));
}
