import { PlimsollError } from '../../errors.ts';
import { counted } from '../../model/counted.ts';
import type { Signer } from '../../model/signer.ts';
import { type ImageKey, isSignedWith } from './image-key.ts';
import type { DetachedSignature, Signature } from './signature.ts';

/** Whose certificate made a signature, or why that is nobody who may. */
export type CertificateCheck = (signature: Signature) => Signer | string;

/** Who may sign what is read: one of the keys, or whom the certificates trust. */
export interface SignatureDemand {
  readonly keys: readonly ImageKey[];
  readonly certificates?: CertificateCheck;
  /** Signatures that lie beside the archive or SBOM instead of in it. */
  readonly detached: readonly DetachedSignature[];
}

/** The first of the signatures by somebody who may sign, and who that is. Throws PLM_IMAGE_SIGNATURE where there is none. */
export function findSigner<S extends Signature>(
  signatures: readonly S[],
  { keys, certificates }: SignatureDemand,
  path?: string,
): { readonly signature: S; readonly signer: Signer } {
  let reason = 'none by a key that was given';
  for (const signature of signatures) {
    const key = keys.find((candidate) => isSignedWith(candidate, signature));
    if (key !== undefined) return { signature, signer: { key: key.id } };
    const signer = certificates?.(signature);
    if (typeof signer === 'object') return { signature, signer };
    if (signer !== undefined) reason = signer;
  }
  throw new PlimsollError('PLM_IMAGE_SIGNATURE', `it carries ${counted(signatures.length, 'signature')}: ${reason}`, {
    ...(path === undefined ? {} : { path }),
    hint: 'it was signed by somebody else, or it was changed: take it from its source again',
  });
}
