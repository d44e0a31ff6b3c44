import { PlimsollError } from '../../errors.ts';
import { counted } from '../../model/counted.ts';
import type { Digest } from '../../model/digest.ts';
import type { Layout } from '../oci-manifests.ts';
import { findSignatures } from './find-signatures.ts';
import { type ImageKey, isSignedWith } from './image-key.ts';
import type { ImageSignature } from './image-signature.ts';

/** Who may sign an image. */
export interface SignatureDemand {
  /** One of these must have signed the image, or an index that lists it. */
  readonly keys: readonly ImageKey[];
  /** Signatures that lie beside the archive instead of in it. */
  readonly detached: readonly ImageSignature[];
}

/** A verified signature: what it is over and whose it is. */
export interface ImageSigner {
  /** The manifest, or an index that lists it. */
  readonly subject: Digest;
  /** The id of the key: {@link ImageKey}. */
  readonly key: Digest;
}

/**
 * Finds a signature of one of the keys over the manifest, whose digests everything else in the image is held to later.
 * Throws PLM_IMAGE_UNSIGNED where nobody signed it, PLM_IMAGE_SIGNATURE where only others did.
 */
export function assertSigned(layout: Layout, manifest: Digest | undefined, demand: SignatureDemand): ImageSigner {
  const path = layout.files.location;
  if (manifest === undefined) throw refuseUnsigned(path);
  const { subjects, signatures } = findSignatures(layout, manifest);
  const all = [...signatures, ...demand.detached.filter((signature) => subjects.has(signature.subject))];
  for (const key of demand.keys) {
    const found = all.find(({ message, bytes }) => isSignedWith(key, message, bytes));
    if (found !== undefined) return { subject: found.subject, key: key.id };
  }
  if (all.length === 0) {
    throw new PlimsollError('PLM_IMAGE_UNSIGNED', `nobody signed ${[...subjects].join(' or ')}`, {
      path,
      hint: 'save the image with its signatures (cosign save --dir), or name them: --image-signature FILE',
    });
  }
  const found = counted(all.length, 'signature');
  throw new PlimsollError('PLM_IMAGE_SIGNATURE', `it carries ${found}, none by a key that was given`, {
    path,
    hint: 'the image was signed by somebody else, or it was changed: take it from its source again',
  });
}

/** For inputs without a manifest of a registry, or with something beside it: nothing anybody could have signed. */
export function refuseUnsigned(path: string, reason = 'it holds no manifest that could be signed'): PlimsollError {
  return new PlimsollError('PLM_IMAGE_UNSIGNED', reason, {
    path,
    hint: 'docker save and folders of files keep no signed manifest: save the image as an OCI layout (cosign save --dir, skopeo copy)',
  });
}
