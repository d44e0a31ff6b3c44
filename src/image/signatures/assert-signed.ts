import { PlimsollError } from '../../errors.ts';
import type { Digest } from '../../model/digest.ts';
import type { ImageSigner } from '../../model/signer.ts';
import type { Layout } from '../oci-manifests.ts';
import { findSignatures } from './find-signatures.ts';
import { findSigner, type SignatureDemand } from './signature-demand.ts';

/**
 * Finds a signature over the manifest, whose digests everything else in the image is held to later, by somebody who may
 * sign. Throws PLM_IMAGE_UNSIGNED where nobody signed it, PLM_IMAGE_SIGNATURE where only others did.
 */
export function assertSigned(layout: Layout, manifest: Digest | undefined, demand: SignatureDemand): ImageSigner {
  const path = layout.files.location;
  if (manifest === undefined) throw refuseUnsigned(path);
  const { subjects, signatures } = findSignatures(layout, manifest);
  const detached = demand.detached.flatMap((item) => ('subject' in item && subjects.has(item.subject) ? [item] : []));
  // Who signed an index vouches for the statements in it too.
  const all = [...detached, ...signatures].sort(
    (one, other) => Number(one.subject === manifest) - Number(other.subject === manifest),
  );
  if (all.length === 0) {
    throw new PlimsollError('PLM_IMAGE_UNSIGNED', `nobody signed ${[...subjects].join(' or ')}`, {
      path,
      hint: 'save the image with its signatures (cosign save --dir), or name them: --image-signature FILE',
    });
  }
  const { signature, signer } = findSigner(all, demand, path);
  return { subject: signature.subject, ...signer };
}

/** For inputs without a manifest of a registry, or with something beside it: nothing anybody could have signed. */
export function refuseUnsigned(path: string, reason = 'it holds no manifest that could be signed'): PlimsollError {
  return new PlimsollError('PLM_IMAGE_UNSIGNED', reason, {
    path,
    hint: 'docker save and folders of files keep no signed manifest: save the image as an OCI layout (cosign save --dir, skopeo copy)',
  });
}
