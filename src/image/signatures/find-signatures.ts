import { isRecord, type JsonRecord, listField, recordField, textField } from '../../bytes/json.ts';
import { type Digest, parseDigest } from '../../model/digest.ts';
import { textRecord } from '../image-config.ts';
import { blobPath, readBlob } from '../image-document.ts';
import { crowded, type Layout, listManifests, MANIFESTS } from '../oci-manifests.ts';
import { PAYLOAD_TYPE, readCosignSignature, SIGNATURE_ANNOTATION } from './cosign-signature.ts';
import type { ImageSignature } from './image-signature.ts';
import { isBundleType, readSigstoreBundle } from './sigstore-bundle.ts';

/** What an OCI layout holds about who signed an image. */
export interface FoundSignatures {
  /** The image and the indexes that list it: who signed one of these has signed the image. */
  readonly subjects: ReadonlySet<Digest>;
  /** Those about one of the subjects. */
  readonly signatures: readonly ImageSignature[];
}

/**
 * Finds signatures by their content wherever `index.json` leads: beside the image (`cosign save`), under the tags of
 * cosign (`sha256-….sig`), or as referrers (sigstore bundles). Throws PLM_LIMIT for more than any image has.
 */
export function findSignatures(layout: Layout, image: Digest): FoundSignatures {
  const subjects = new Set([image]);
  const all: ImageSignature[] = [];
  for (const { descriptor, child, indexes } of listManifests(layout) ?? []) {
    if (descriptor.digest === image) for (const index of indexes) subjects.add(index);
    if (child !== undefined)
      for (const layer of listField(child.value, 'layers'))
        if (isRecord(layer)) all.push(...signaturesIn(layout, layer));
    if (all.length > MANIFESTS) throw crowded(layout);
  }
  return { subjects, signatures: all.filter((signature) => subjects.has(signature.subject)) };
}

function signaturesIn({ files, limits }: Layout, layer: JsonRecord): readonly ImageSignature[] {
  const mediaType = textField(layer, 'mediaType') ?? '';
  const isBundle = isBundleType(mediaType);
  const digest = parseDigest(layer['digest']);
  if ((!isBundle && mediaType !== PAYLOAD_TYPE) || digest === undefined) return [];
  if (files.find(blobPath(digest)) === undefined) return [];
  const bytes = readBlob(files, digest, 'signature');
  if (isBundle) return readSigstoreBundle(bytes, limits);
  const text = textRecord(recordField(layer, 'annotations'))[SIGNATURE_ANNOTATION];
  const signature = text === undefined ? undefined : readCosignSignature(bytes, text, limits);
  return signature === undefined ? [] : [signature];
}
