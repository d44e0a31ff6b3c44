import { isRecord, type JsonRecord, listField, ownField, recordField, textField } from '../bytes/json.ts';
import { PlimsollError } from '../errors.ts';
import type { Limits } from '../limits.ts';
import { type Digest, parseDigest } from '../model/digest.ts';
import type { Platform } from '../model/image.ts';
import { readAttestations } from './attestations/read-attestations.ts';
import type { Candidate, LoadedImage } from './candidate.ts';
import { parseImageConfig, textRecord } from './image-config.ts';
import { blobPath, EXPORT_AGAIN, missingBlob, parseDocument, readBlob } from './image-document.ts';
import type { ImageFiles } from './image-files.ts';
import type { StatedLayer } from './layer-sources.ts';
import {
  type Child,
  crowded,
  type Descriptor,
  type Layout,
  listManifests,
  MANIFESTS,
  type NamedManifest,
  readDescriptor,
  readPlatform,
} from './oci-manifests.ts';

/** All images `index.json` leads to; attestations and other artifacts are passed over. Undefined where there is no index. */
export function listOciImages(files: ImageFiles, limits: Limits): readonly Candidate[] | undefined {
  const layout = { files, limits };
  const manifests = listManifests(layout);
  if (manifests === undefined) return undefined;
  const candidates = new Map<string, Candidate>();
  for (const named of manifests) {
    if (named.attests !== undefined || (named.child !== undefined && !isImage(named.child.value))) continue;
    const key = `${named.descriptor.digest} ${named.refs.join(' ')}`;
    if (!candidates.has(key)) candidates.set(key, toCandidate(layout, named));
    if (candidates.size > MANIFESTS) throw crowded(layout);
  }
  return [...candidates.values()];
}

function sizeError({ files }: Layout, { digest, size }: Descriptor, actual: number): PlimsollError {
  const message = `the blob ${digest} has ${actual} bytes, its descriptor states ${size}`;
  return new PlimsollError('PLM_BLOB_DIGEST', message, { path: files.location, hint: EXPORT_AGAIN });
}

/**
 * Charts and other artifacts have configurations of their own media types; signatures and attestations of cosign have
 * that of an image, but layers that are documents.
 */
function isImage(document: JsonRecord): boolean {
  const config = recordField(document, 'config');
  const layers = ownField(document, 'layers');
  if (config === undefined || !Array.isArray(layers)) return false;
  const mediaType = textField(config, 'mediaType');
  if (mediaType !== undefined && !CONFIG_TYPES.has(mediaType)) return false;
  return layers.length === 0 || !layers.every((layer) => isRecord(layer) && isDocument(layer));
}

/** `…+json`, `…+xml`, `text/…`: no file system. */
function isDocument(layer: JsonRecord): boolean {
  return /^text\/|[+/](?:json|xml)$/.test(textField(layer, 'mediaType') ?? '');
}

const CONFIG_TYPES: ReadonlySet<string> = new Set([
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
]);

function toCandidate(layout: Layout, { descriptor, child, refs }: NamedManifest): Candidate {
  const load = (): LoadedImage => {
    if (child === undefined) throw missingBlob(layout.files, descriptor.digest, 'manifest');
    return loadImage(layout, descriptor, child);
  };
  return {
    refs,
    platform: descriptor.platform ?? platformOf(layout, child),
    identity: descriptor.digest,
    isComplete:
      child !== undefined && blobsOf(child.value).every((digest) => layout.files.find(blobPath(digest)) !== undefined),
    load,
  };
}

function blobsOf(manifest: JsonRecord): readonly Digest[] {
  const records = [recordField(manifest, 'config'), ...listField(manifest, 'layers').filter(isRecord)];
  return records.flatMap((record) => {
    const digest = record === undefined || isForeign(record) ? undefined : parseDigest(record['digest']);
    return digest === undefined ? [] : [digest];
  });
}

/** The platform of the configuration, where the index does not state it. What is wrong with it is told by `load`. */
function platformOf({ files, limits }: Layout, child: Child | undefined): Platform | undefined {
  const digest = parseDigest(child === undefined ? undefined : recordField(child.value, 'config')?.['digest']);
  const bytes = digest === undefined ? undefined : files.read(blobPath(digest));
  if (bytes === undefined) return undefined;
  try {
    const { value } = parseDocument(bytes, { name: 'configuration', location: files.location, limits });
    return isRecord(value) ? readPlatform(value) : undefined;
  } catch (error) {
    if (error instanceof PlimsollError) return undefined;
    throw error;
  }
}

function loadImage(layout: Layout, descriptor: Descriptor, child: Child): LoadedImage {
  const { files, limits } = layout;
  const manifest = child.value;
  const config = readDescriptor(layout, recordField(manifest, 'config'));
  const layers = listField(manifest, 'layers').map((item) => readLayer(layout, item));
  const configBytes = readBlob(files, config.digest, 'image configuration');
  if (configBytes.length !== config.size) throw sizeError(layout, config, configBytes.length);
  return {
    manifestDigest: descriptor.digest,
    manifestBytes: child.bytes,
    annotations: textRecord(recordField(manifest, 'annotations')),
    configDigest: config.digest,
    configBytes,
    config: parseImageConfig(configBytes, { location: files.location, limits }),
    layers,
    ...readAttestations(layout, descriptor.digest),
  };
}

/** Layers that registries do not pass on (layer.md, "Non-Distributable Layers"; docker calls them foreign). */
function isForeign(layer: JsonRecord): boolean {
  const mediaType = textField(layer, 'mediaType') ?? '';
  return mediaType.includes('.foreign.') || mediaType.includes('.nondistributable.');
}

function readLayer(layout: Layout, item: unknown): StatedLayer {
  const { files } = layout;
  const descriptor = readDescriptor(layout, item);
  const { digest, mediaType } = descriptor;
  if (mediaType?.includes('+encrypted') === true) {
    throw new PlimsollError('PLM_IMAGE_MANIFEST', `layer ${digest} is encrypted`, {
      path: files.location,
      hint: 'decrypt the image first (for example with skopeo copy --decryption-key)',
    });
  }
  const range = files.find(blobPath(digest));
  if (range === undefined && !(isRecord(item) && isForeign(item))) throw missingBlob(files, digest, 'layer');
  if (range !== undefined && range.size !== descriptor.size) {
    throw sizeError(layout, descriptor, range.size);
  }
  return { range, digest, ...(mediaType === undefined ? {} : { mediaType }) };
}
