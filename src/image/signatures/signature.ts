import type { JsonRecord } from '../../bytes/json.ts';
import type { Digest } from '../../model/digest.ts';

/** A signature; nothing of it is verified yet. */
export interface Signature {
  /** The bytes it covers. */
  readonly message: Uint8Array;
  readonly bytes: Uint8Array;
  /** The sigstore bundle it came in, whose certificate may tell who made it. */
  readonly bundle?: JsonRecord;
}

/** A signature that says it is about an image. */
export interface ImageSignature extends Signature {
  /** The manifest or index it names. */
  readonly subject: Digest;
}

/** A signature over a file that lies beside it; which one is not signed. */
export type FileSignature = Omit<Signature, 'message'>;

/** A signature that lies in a file of its own. */
export type DetachedSignature = ImageSignature | FileSignature;
