import type { Digest } from '../../model/digest.ts';

/** A signature that says it is about an image; nothing of it is verified yet. */
export interface ImageSignature {
  /** The manifest or index it names. */
  readonly subject: Digest;
  /** The bytes it covers. */
  readonly message: Uint8Array;
  readonly bytes: Uint8Array;
}
