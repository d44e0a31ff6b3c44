import { isRecord, type JsonRecord, listField, ownField, recordField, textField } from '../bytes/json.ts';
import { PlimsollError } from '../errors.ts';
import type { Limits } from '../limits.ts';
import { type Digest, parseDigest } from '../model/digest.ts';
import type { Platform } from '../model/image.ts';
import type { Candidate, LoadedImage } from './candidate.ts';
import { parseImageConfig, textRecord } from './image-config.ts';
import { blobPath, EXPORT_AGAIN, missingBlob, parseDocument, readBlob } from './image-document.ts';
import type { ImageFiles } from './image-files.ts';
import type { StatedLayer } from './layer-sources.ts';

/**
 * OCI image layouts: https://github.com/opencontainers/image-spec/blob/main/image-layout.md, with the manifest kinds
 * of OCI and docker.
 */

/** A descriptor (descriptor.md) whose fields that matter here were checked. */
interface Descriptor {
  readonly mediaType: string | undefined;
  readonly digest: Digest;
  readonly size: number;
  readonly annotations: Readonly<Record<string, string>>;
  readonly platform: Platform | undefined;
}

interface Layout {
  readonly files: ImageFiles;
  readonly limits: Limits;
}

/** All images `index.json` leads to; attestations and other artifacts are passed over. Undefined where there is no index. */
export function listOciImages(files: ImageFiles, limits: Limits): readonly Candidate[] | undefined {
  const bytes = files.read('/index.json');
  if (bytes === undefined) return undefined;
  const layout = { files, limits };
  const index = parseDocument(bytes, { name: 'index.json', location: files.location, limits }).value;
  if (!isRecord(index)) throw manifestError(layout, 'index.json is no JSON object');
  const candidates: Candidate[] = [];
  const seen = new Set<string>();
  const walk = (parent: JsonRecord, refs: readonly string[], depth: number): void => {
    if (depth > limits.nestedDepth) throw depthError(layout);
    for (const item of listField(parent, 'manifests')) {
      const descriptor = readDescriptor(layout, item);
      if (isAttestation(descriptor)) continue;
      const names = depth === 0 ? refNames(descriptor) : refs;
      const child = readChild(layout, descriptor);
      if (child !== undefined && isIndex(descriptor, child.value)) walk(child.value, names, depth + 1);
      else if (child === undefined || isImage(child.value)) {
        const candidate = toCandidate(layout, { descriptor, child, refs: names });
        const key = `${candidate.identity} ${names.join(' ')}`;
        if (!seen.has(key)) candidates.push(candidate);
        seen.add(key);
        if (candidates.length > MANIFESTS) throw depthError(layout);
      }
    }
  };
  walk(index, [], 0);
  return candidates;
}

/** Images one index may lead to: the largest published ones have some dozen platforms. */
const MANIFESTS = 1000;

function depthError({ files, limits }: Layout): PlimsollError {
  return new PlimsollError(
    'PLM_LIMIT',
    `the index nests deeper than ${limits.nestedDepth} levels or names more than ${MANIFESTS} images`,
    {
      path: files.location,
    },
  );
}

function manifestError({ files }: Layout, message: string): PlimsollError {
  return new PlimsollError('PLM_IMAGE_MANIFEST', message, { path: files.location, hint: EXPORT_AGAIN });
}

function sizeError({ files }: Layout, { digest, size }: Descriptor, actual: number): PlimsollError {
  const message = `the blob ${digest} has ${actual} bytes, its descriptor states ${size}`;
  return new PlimsollError('PLM_BLOB_DIGEST', message, { path: files.location, hint: EXPORT_AGAIN });
}

function readDescriptor(layout: Layout, item: unknown): Descriptor {
  if (!isRecord(item)) throw manifestError(layout, 'a descriptor is no JSON object');
  const digest = parseDigest(item['digest']);
  if (digest === undefined) throw manifestError(layout, 'a descriptor holds no valid digest');
  const size = ownField(item, 'size');
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) {
    throw manifestError(layout, `the descriptor of ${digest} holds no valid size`);
  }
  const platform = recordField(item, 'platform');
  return {
    mediaType: textField(item, 'mediaType'),
    digest,
    size,
    annotations: textRecord(recordField(item, 'annotations')),
    platform: platform === undefined ? undefined : readPlatform(platform),
  };
}

function readPlatform(record: JsonRecord): Platform | undefined {
  const os = textField(record, 'os');
  const architecture = textField(record, 'architecture');
  const variant = textField(record, 'variant');
  if (os === undefined || architecture === undefined) return undefined;
  return { os, architecture, ...(variant === undefined ? {} : { variant }) };
}

/** BuildKit attestations: https://github.com/moby/buildkit/blob/master/docs/attestations/attestation-storage.md */
function isAttestation(descriptor: Descriptor): boolean {
  if (descriptor.annotations['vnd.docker.reference.type'] === 'attestation-manifest') return true;
  return descriptor.platform?.os === 'unknown' && descriptor.platform.architecture === 'unknown';
}

function refNames(descriptor: Descriptor): readonly string[] {
  const names = [
    descriptor.annotations['io.containerd.image.name'],
    descriptor.annotations['org.opencontainers.image.ref.name'],
  ];
  return [...new Set(names.filter((name) => name !== undefined))];
}

interface Child {
  readonly bytes: Uint8Array;
  readonly value: JsonRecord;
}

/** The document a descriptor names, undefined where the layout does not hold it. */
function readChild(layout: Layout, descriptor: Descriptor): Child | undefined {
  const { files, limits } = layout;
  if (files.find(blobPath(descriptor.digest)) === undefined) return undefined;
  const bytes = readBlob(files, descriptor.digest, 'manifest');
  if (bytes.length !== descriptor.size)
    throw manifestError(layout, `the descriptor of ${descriptor.digest} states a wrong size`);
  const { value } = parseDocument(bytes, { name: `manifest ${descriptor.digest}`, location: files.location, limits });
  if (!isRecord(value)) throw manifestError(layout, `manifest ${descriptor.digest} is no JSON object`);
  return { bytes, value };
}

function isIndex(descriptor: Descriptor, document: JsonRecord): boolean {
  if (Array.isArray(ownField(document, 'manifests'))) return true;
  return INDEX_TYPES.has(descriptor.mediaType ?? '') && !isImage(document);
}

const INDEX_TYPES: ReadonlySet<string> = new Set([
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
]);

/** Charts, signatures and other artifacts have configurations of their own media types. */
function isImage(document: JsonRecord): boolean {
  const config = recordField(document, 'config');
  if (config === undefined || !Array.isArray(ownField(document, 'layers'))) return false;
  const mediaType = textField(config, 'mediaType');
  return mediaType === undefined || CONFIG_TYPES.has(mediaType);
}

const CONFIG_TYPES: ReadonlySet<string> = new Set([
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
]);

/** A manifest that an index names; without a child the layout does not hold it. */
interface NamedManifest {
  readonly descriptor: Descriptor;
  readonly child: Child | undefined;
  readonly refs: readonly string[];
}

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
    problems: [],
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
