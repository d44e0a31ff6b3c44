import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { paxHeader, paxRecord, tar, tarFile, tarHeader } from './tar-builder.ts';

/**
 * Images from object literals: a layer is a map of paths to what is there. A path that ends in `/` is a directory,
 * `.wh.` names are whiteouts as everywhere; order in the literal is order in the archive.
 */
export type LayerLiteral = Readonly<Record<string, EntryLiteral>>;

export type EntryLiteral =
  | string
  | Uint8Array
  | {
      readonly content?: string | Uint8Array;
      readonly mode?: number;
      readonly symlink?: string;
      readonly hardLink?: string;
      /** Type flag of a device or fifo: `3`, `4`, `6`. */
      readonly type?: string;
      /** Value of `security.capability`. */
      readonly capability?: Uint8Array;
    };

export interface ImageLiteral {
  readonly layers: readonly (LayerLiteral | Uint8Array)[];
  readonly compression?: 'none' | 'gzip' | 'zstd';
  readonly tag?: string;
  /** Fields of the `config` object: `Env`, `User`, `Labels`… */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly platform?: { readonly os: string; readonly architecture: string; readonly variant?: string };
  /** Default: one entry per layer, `layer N`. */
  readonly history?: readonly Readonly<Record<string, unknown>>[];
}

/** The tar of one layer. */
export function layerTar(layer: LayerLiteral): Buffer {
  return tar(...Object.entries(layer).map(([path, entry]) => tarEntry(path.replace(/^\/(?=.)/, ''), entry)));
}

function tarEntry(path: string, entry: EntryLiteral): Buffer {
  if (typeof entry === 'string' || entry instanceof Uint8Array) return tarEntry(path, { content: entry });
  const { content = '', mode, symlink, hardLink, type, capability } = entry;
  const records = [
    ...(Buffer.byteLength(path) > 100 ? [paxRecord('path', path)] : []),
    ...(symlink === undefined || Buffer.byteLength(symlink) <= 100 ? [] : [paxRecord('linkpath', symlink)]),
    ...(capability === undefined ? [] : [paxRecord('SCHILY.xattr.security.capability', capability)]),
  ];
  const extended = records.length === 0 ? Buffer.alloc(0) : paxHeader(Buffer.concat(records));
  const name = path.slice(0, 100);
  return Buffer.concat([extended, plainEntry(name, { content, mode, symlink, hardLink, type })]);
}

function plainEntry(
  name: string,
  entry: {
    content: string | Uint8Array;
    mode: number | undefined;
    symlink: string | undefined;
    hardLink: string | undefined;
    type: string | undefined;
  },
): Buffer {
  if (entry.symlink !== undefined)
    return tarHeader({ name, type: '2', link: entry.symlink.slice(0, 100), mode: 0o777 });
  if (entry.hardLink !== undefined) return tarHeader({ name, type: '1', link: entry.hardLink.replace(/^\//, '') });
  if (entry.type !== undefined) return tarHeader({ name, type: entry.type, mode: entry.mode ?? 0o600 });
  if (name.endsWith('/')) return tarHeader({ name, type: '5', mode: entry.mode ?? 0o755 });
  return tarFile(name, entry.content, { mode: entry.mode ?? 0o644 });
}

export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

interface BuiltLayer {
  readonly stored: Uint8Array;
  readonly diffId: string;
  readonly mediaType: string;
}

function buildLayers({ layers, compression = 'gzip' }: ImageLiteral): readonly BuiltLayer[] {
  return layers.map((layer) => {
    const plain = layer instanceof Uint8Array ? layer : layerTar(layer);
    const stored = compression === 'none' ? plain : compression === 'gzip' ? gzipSync(plain) : zstdCompressSync(plain);
    const suffix = compression === 'none' ? '' : `+${compression}`;
    return {
      stored,
      diffId: `sha256:${sha256Hex(plain)}`,
      mediaType: `application/vnd.oci.image.layer.v1.tar${suffix}`,
    };
  });
}

function buildConfig(image: ImageLiteral, layers: readonly BuiltLayer[]): Buffer {
  return Buffer.from(
    JSON.stringify({
      ...(image.platform ?? { os: 'linux', architecture: 'amd64' }),
      config: image.config ?? {},
      rootfs: { type: 'layers', diff_ids: layers.map((layer) => layer.diffId) },
      history: image.history ?? layers.map((_, index) => ({ created_by: `layer ${index}` })),
    }),
  );
}

/** Paths and bytes of an archive or folder before it is written. */
export type FileMap = Map<string, Uint8Array>;

export const MEDIA_TYPES = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
};

/** Puts bytes into an OCI layout and returns their descriptor. */
export function putBlob(
  files: FileMap,
  bytes: Uint8Array,
  mediaType: string,
): { mediaType: string; digest: string; size: number } {
  const hex = sha256Hex(bytes);
  files.set(`blobs/sha256/${hex}`, bytes);
  return { mediaType, digest: `sha256:${hex}`, size: bytes.length };
}

/** Puts the blobs of an image into an OCI layout and returns the descriptor of its manifest. */
export function putOciImage(files: FileMap, image: ImageLiteral): Record<string, unknown> {
  const layers = buildLayers(image);
  const config = putBlob(files, buildConfig(image, layers), MEDIA_TYPES.config);
  const manifest = {
    schemaVersion: 2,
    mediaType: MEDIA_TYPES.manifest,
    config,
    layers: layers.map(({ stored, mediaType }) => putBlob(files, stored, mediaType)),
  };
  const annotations =
    image.tag === undefined ? {} : { annotations: { 'org.opencontainers.image.ref.name': image.tag } };
  const platform = image.platform === undefined ? {} : { platform: image.platform };
  return {
    ...putBlob(files, Buffer.from(JSON.stringify(manifest)), MEDIA_TYPES.manifest),
    ...annotations,
    ...platform,
  };
}

/** Puts a statement about an image beside it, as BuildKit does, and returns the descriptor of its manifest. */
export function putAttestation(
  files: FileMap,
  image: Readonly<Record<string, unknown>>,
  statement: { readonly predicateType: string; readonly predicate: unknown; readonly subject?: unknown } | string,
): Record<string, unknown> {
  const text = typeof statement === 'string' ? statement : JSON.stringify(statement);
  const predicateType = typeof statement === 'string' ? undefined : statement.predicateType;
  const layer = putBlob(files, Buffer.from(text), 'application/vnd.in-toto+json');
  const annotations = predicateType === undefined ? {} : { 'in-toto.io/predicate-type': predicateType };
  const config = putBlob(files, Buffer.from('{}'), MEDIA_TYPES.config);
  const manifest = { schemaVersion: 2, mediaType: MEDIA_TYPES.manifest, config, layers: [{ ...layer, annotations }] };
  return {
    ...putBlob(files, Buffer.from(JSON.stringify(manifest)), MEDIA_TYPES.manifest),
    platform: { os: 'unknown', architecture: 'unknown' },
    annotations: {
      'vnd.docker.reference.type': 'attestation-manifest',
      'vnd.docker.reference.digest': image['digest'],
    },
  };
}

/** Adds `oci-layout` and an `index.json` of these descriptors. */
export function putIndex(files: FileMap, manifests: readonly unknown[]): FileMap {
  files.set('oci-layout', Buffer.from('{"imageLayoutVersion":"1.0.0"}'));
  files.set('index.json', Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: MEDIA_TYPES.index, manifests })));
  return files;
}

/** The files of an OCI layout that holds these images. */
export function ociLayout(...images: readonly ImageLiteral[]): FileMap {
  const files: FileMap = new Map();
  return putIndex(
    files,
    images.map((image) => putOciImage(files, image)),
  );
}

/** The files of a `docker save` archive as docker 1.10 to 24 writes it; layers are never compressed. */
export function dockerSave(...images: readonly ImageLiteral[]): FileMap {
  const files: FileMap = new Map();
  const manifest = images.map((image) => {
    const layers = buildLayers({ ...image, compression: 'none' });
    const config = buildConfig(image, layers);
    const configName = `${sha256Hex(config)}.json`;
    files.set(configName, config);
    const names = layers.map(({ stored, diffId }) => {
      const name = `${diffId.slice('sha256:'.length)}/layer.tar`;
      files.set(name, stored);
      return name;
    });
    return { Config: configName, RepoTags: image.tag === undefined ? null : [image.tag], Layers: names };
  });
  return files.set('manifest.json', Buffer.from(JSON.stringify(manifest)));
}

/** The tar of a file map. */
export function archive(files: FileMap): Buffer {
  return tar(...[...files].map(([path, bytes]) => tarEntry(path, bytes)));
}

/** A temporary folder that is removed when disposed: `using folder = temporaryFolder()`. */
export function temporaryFolder(): {
  readonly path: string;
  write(name: string, bytes: Uint8Array): string;
  [Symbol.dispose](): void;
} {
  const path = mkdtempSync(join(tmpdir(), 'plimsoll-test-'));
  return {
    path,
    write(name, bytes) {
      const file = join(path, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, bytes);
      return file;
    },
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
}
