import { isRecord, type JsonRecord, listField, parseJson, recordField, textField } from '../../bytes/json.ts';
import { PlimsollError } from '../../errors.ts';
import { type Digest, parseDigest } from '../../model/digest.ts';
import { blobPath } from '../image-document.ts';
import { type Layout, listManifests } from '../oci-manifests.ts';
import { PAYLOAD_TYPE, readAnnotatedSignature } from './cosign-signature.ts';
import type { ImageSignature } from './signature.ts';
import { isBundleType, readSigstoreBundle } from './sigstore-bundle.ts';

/** What an OCI layout holds about who signed an image. */
export interface FoundSignatures {
  /** The image and the indexes that list it: who signed one of these has signed the image. */
  readonly subjects: ReadonlySet<Digest>;
  /** Those about one of the subjects. */
  readonly signatures: readonly ImageSignature[];
}

/** Manifests of signatures with certificate chains take some 10 KiB, bundles with proofs of a log as much; attestations more. */
const DOCUMENT_BYTES = 128 * 1024;
/** Signatures of all images of one archive: many manifests may name the same blob, and each naming costs a reading. */
const SIGNATURES = 5000;

/**
 * Finds signatures in all blobs: `cosign save` of version 3 stores bundles without naming them in any index. Digests are not
 * checked here, a signature proves itself. Throws PLM_LIMIT for more than any image has.
 */
export function findSignatures(layout: Layout, image: Digest): FoundSignatures {
  const subjects = new Set([image]);
  for (const { descriptor, indexes } of listManifests(layout) ?? [])
    if (descriptor.digest === image) for (const index of indexes) subjects.add(index);
  const signatures: ImageSignature[] = [];
  let count = 0;
  for (const layer of layersOfBlobs(layout)) {
    if (!isSignature(layer)) continue;
    count += 1;
    if (count > SIGNATURES) throw tooMany(layout);
    signatures.push(...readSignatures(layout, layer).filter((signature) => subjects.has(signature.subject)));
  }
  return { subjects, signatures };
}

function tooMany({ files }: Layout): PlimsollError {
  return new PlimsollError('PLM_LIMIT', `the archive holds more than ${SIGNATURES} signatures`, {
    path: files.location,
    hint: 'export the image alone',
  });
}

/** The layers of every blob that is a manifest; links may give one blob many names. */
function* layersOfBlobs(layout: Layout): Generator<JsonRecord> {
  const seen = new Set<string>();
  for (const algorithm of ['sha256', 'sha512'])
    for (const name of layout.files.names(`/blobs/${algorithm}`)) {
      const digest = parseDigest(`${algorithm}:${name}`);
      const range = digest === undefined ? undefined : layout.files.find(blobPath(digest));
      if (digest === undefined || range === undefined || seen.has(`${range.offset} ${range.file}`)) continue;
      seen.add(`${range.offset} ${range.file}`);
      const manifest = readDocument(layout, digest);
      if (manifest !== undefined) yield* listField(manifest, 'layers').filter(isRecord);
    }
}

function readDocument(layout: Layout, digest: Digest): JsonRecord | undefined {
  const bytes = readSmall(layout, digest);
  if (bytes?.[0] !== BRACE) return undefined;
  const value = parseJson(new TextDecoder().decode(bytes), layout.limits.jsonDepth);
  return isRecord(value) ? value : undefined;
}

const BRACE = 0x7b;

function readSmall({ files }: Layout, digest: Digest): Uint8Array | undefined {
  const range = files.find(blobPath(digest));
  return range === undefined || range.size > DOCUMENT_BYTES ? undefined : files.read(blobPath(digest));
}

function isSignature(layer: JsonRecord): boolean {
  const mediaType = textField(layer, 'mediaType') ?? '';
  return mediaType === PAYLOAD_TYPE || isBundleType(mediaType);
}

function readSignatures(layout: Layout, layer: JsonRecord): readonly ImageSignature[] {
  const digest = parseDigest(layer['digest']);
  const bytes = digest === undefined ? undefined : readSmall(layout, digest);
  if (bytes === undefined) return [];
  if (textField(layer, 'mediaType') !== PAYLOAD_TYPE) return readSigstoreBundle(bytes, layout.limits);
  const signature = readAnnotatedSignature(bytes, recordField(layer, 'annotations') ?? {}, layout.limits);
  return signature === undefined ? [] : [signature];
}
