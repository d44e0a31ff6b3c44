import { isRecord, type JsonRecord, listField, ownField, recordField, textField } from '../bytes/json.ts';
import { PlimsollError } from '../errors.ts';
import type { Limits } from '../limits.ts';
import { type Digest, parseDigest } from '../model/digest.ts';
import type { Platform } from '../model/image.ts';
import { textRecord } from './image-config.ts';
import { blobPath, EXPORT_AGAIN, parseDocument, readBlob } from './image-document.ts';
import type { ImageFiles } from './image-files.ts';

/** OCI image layouts: https://github.com/opencontainers/image-spec/blob/main/image-layout.md */
export interface Layout {
  readonly files: ImageFiles;
  readonly limits: Limits;
}

/** A descriptor (descriptor.md) whose fields that matter here were checked. */
export interface Descriptor {
  readonly mediaType: string | undefined;
  readonly digest: Digest;
  /** Bytes. */
  readonly size: number;
  readonly annotations: Readonly<Record<string, string>>;
  readonly platform: Platform | undefined;
}

/** A document as stored and as parsed. */
export interface Child {
  readonly bytes: Uint8Array;
  readonly value: JsonRecord;
}

/** A manifest that an index names; without a child the layout does not hold it. */
export interface NamedManifest {
  readonly descriptor: Descriptor;
  readonly child: Child | undefined;
  readonly refs: readonly string[];
  /** The indexes that lead to it, outermost first; `index.json` is not one of them. */
  readonly indexes: readonly Digest[];
  /** For statements of a builder, which are not read here: the image they are about. */
  readonly attests?: Digest;
}

/**
 * Every manifest that `index.json` leads to, statements of builders about them included. Undefined where there is no index.
 * Throws PLM_IMAGE_MANIFEST and PLM_BLOB_DIGEST for a damaged layout, PLM_LIMIT for one that nests too deep.
 */
export function listManifests(layout: Layout): Generator<NamedManifest> | undefined {
  const { files, limits } = layout;
  const bytes = files.read('/index.json');
  if (bytes === undefined) return undefined;
  const index = parseDocument(bytes, { name: 'index.json', location: files.location, limits }).value;
  if (!isRecord(index)) throw manifestError(layout, 'index.json is no JSON object');
  return manifestsBelow(layout, { index, refs: [], indexes: [], room: { bytes: DOCUMENT_BYTES } });
}

/** Documents that one index leads to, each as often as it is named: indexes that name each other many times multiply. */
const DOCUMENT_BYTES = 128 * 1024 * 1024;
/** What reading a document costs whatever its size, in bytes. */
const DOCUMENT_COST = 4096;

interface Level {
  readonly index: JsonRecord;
  readonly refs: readonly string[];
  readonly indexes: readonly Digest[];
  /** What all levels together may still read. */
  readonly room: { bytes: number };
}

function* manifestsBelow(layout: Layout, { index, refs, indexes, room }: Level): Generator<NamedManifest> {
  if (indexes.length > layout.limits.nestedDepth) throw crowded(layout);
  for (const item of listField(index, 'manifests')) {
    const descriptor = readDescriptor(layout, item);
    if (isAttestation(descriptor)) {
      const attests = parseDigest(descriptor.annotations['vnd.docker.reference.digest']);
      if (attests !== undefined) yield { descriptor, child: undefined, refs: [], indexes, attests };
      continue;
    }
    const names = indexes.length === 0 ? refNames(descriptor) : refs;
    const child = readChild(layout, descriptor);
    room.bytes -= DOCUMENT_COST + (child?.bytes.length ?? 0);
    if (room.bytes < 0) throw crowded(layout);
    if (child !== undefined && isIndex(descriptor, child.value)) {
      yield* manifestsBelow(layout, {
        index: child.value,
        refs: names,
        indexes: [...indexes, descriptor.digest],
        room,
      });
    } else yield { descriptor, child, refs: names, indexes };
  }
}

/** Images one index may lead to: the largest published ones have some dozen platforms. */
export const MANIFESTS = 1000;

/** More indexes within indexes, more manifests, or more of both to read than any image has. */
export function crowded({ files, limits }: Layout): PlimsollError {
  return new PlimsollError(
    'PLM_LIMIT',
    `the index nests deeper than ${limits.nestedDepth} levels, names more than ${MANIFESTS} images or leads to more documents than these have`,
    {
      path: files.location,
    },
  );
}

function manifestError({ files }: Layout, message: string): PlimsollError {
  return new PlimsollError('PLM_IMAGE_MANIFEST', message, { path: files.location, hint: EXPORT_AGAIN });
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

export function readDescriptor(layout: Layout, item: unknown): Descriptor {
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

export function readPlatform(record: JsonRecord): Platform | undefined {
  const os = textField(record, 'os');
  const architecture = textField(record, 'architecture');
  const variant = textField(record, 'variant');
  if (os === undefined || architecture === undefined) return undefined;
  return { os, architecture, ...(variant === undefined ? {} : { variant }) };
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
  return INDEX_TYPES.has(descriptor.mediaType ?? '') && ownField(document, 'config') === undefined;
}

const INDEX_TYPES: ReadonlySet<string> = new Set([
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
]);
