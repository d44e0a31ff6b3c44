import type { Digest } from './digest.ts';

/** Who made a signature that was verified: a key (SHA-256 of its SubjectPublicKeyInfo), or whom a certificate names and who vouched for that. */
export type Signer = { readonly key: Digest } | { readonly identity: string; readonly issuer: string };

/** A verified signature of an image, or of a statement about one. */
export type ImageSigner = Signer & {
  /** The manifest or an index that lists it; for an SBOM what its statement is about. */
  readonly subject: Digest;
};

/** As people read it. */
export function signerName(signer: Signer): string {
  return 'key' in signer ? `the key ${signer.key}` : `${signer.identity} (${signer.issuer})`;
}
