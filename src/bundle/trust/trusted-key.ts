import { hash } from 'node:crypto';
import { PlimsollError } from '../../errors.ts';
import { encodeCanonical, type Json } from '../canonical-json.ts';
import { DocumentReader, decodeBase64 } from '../document.ts';
import { ALGORITHMS, type Algorithm, assertSoundPublicKey } from './algorithms.ts';

/** A public key as root documents list it: one raw key per algorithm. */
export interface TrustedKey {
  /** SHA-256 of the key's canonical form: a name that cannot point at another key. */
  readonly id: string;
  readonly halves: ReadonlyMap<Algorithm, Uint8Array>;
}

/** The key's form in a root document: `{"ed25519": base64, "ml-dsa-65": base64}`. */
export function keyDocument(halves: ReadonlyMap<Algorithm, Uint8Array>): Json {
  return Object.fromEntries([...halves].map(([algorithm, raw]) => [algorithm, Buffer.from(raw).toString('base64')]));
}

/** SHA-256 of the canonical form of a key document, in hex. */
export function keyId(document: Json): string {
  return hash('sha256', encodeCanonical(document));
}

/** A key of raw public halves, under the id that follows from them. */
export function trustedKey(halves: ReadonlyMap<Algorithm, Uint8Array>): TrustedKey {
  return { id: keyId(keyDocument(halves)), halves };
}

/**
 * Reads one entry of `keys`. Halves of unknown algorithms stay part of the id but are not kept, so they never count.
 * Throws PLM_BUNDLE_ROOT where the id is not the key's own or a half is unsound.
 */
export function parseTrustedKey(id: string, document: Json): TrustedKey {
  if (keyId(document) !== id) throw new PlimsollError('PLM_BUNDLE_ROOT', `key ${id} is listed under an id not its own`);
  const fields = new DocumentReader(document, `key ${id}`, 'PLM_BUNDLE_ROOT');
  const halves = new Map<Algorithm, Uint8Array>();
  for (const algorithm of ALGORITHMS) {
    const text = fields.optionalText(algorithm);
    if (text === undefined) continue;
    const raw = decodeBase64(text);
    if (raw === undefined) throw new PlimsollError('PLM_BUNDLE_ROOT', `key ${id}: ${algorithm} is not base64`);
    assertSoundPublicKey(algorithm, raw);
    halves.set(algorithm, raw);
  }
  return { id, halves };
}
