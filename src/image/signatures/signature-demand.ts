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

/** Of one image or SBOM; a certificate takes up to 20 ms. Images that are signed again every night collect hundreds. */
const CERTIFICATES = 500;

/**
 * The first of the signatures by somebody who may sign, and who that is. Throws PLM_IMAGE_SIGNATURE where there is none,
 * PLM_LIMIT for more certificates than are looked at.
 */
export function findSigner<S extends Signature>(
  signatures: readonly S[],
  { keys, certificates }: SignatureDemand,
  path?: string,
): { readonly signature: S; readonly signer: Signer } {
  let reason = 'none by a key that was given';
  for (const [position, signature] of signatures.entries()) {
    const key = keys.find((candidate) => isSignedWith(candidate, signature));
    if (key !== undefined) return { signature, signer: { key: key.id } };
    if (certificates === undefined) continue;
    if (position >= CERTIFICATES) throw tooMany(path);
    const signer = certificates(signature);
    if (typeof signer === 'object') return { signature, signer };
    reason = signer;
  }
  throw new PlimsollError('PLM_IMAGE_SIGNATURE', `it carries ${counted(signatures.length, 'signature')}: ${reason}`, {
    ...(path === undefined ? {} : { path }),
    hint: 'it was signed by somebody else, or it was changed: take it from its source again',
  });
}

function tooMany(path: string | undefined): PlimsollError {
  return new PlimsollError('PLM_LIMIT', `nobody who may sign is among the first ${CERTIFICATES} signatures`, {
    ...(path === undefined ? {} : { path }),
    hint: 'carry the signature that counts beside the image alone: --image-signature FILE',
  });
}
