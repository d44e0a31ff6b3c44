import { hash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { type Header, pack } from 'tar-stream';

/** One entry of a layer: file content, or a link, or a whiteout by its own name. */
export type SampleEntry = { readonly path: string; readonly mode?: number } & (
  | { readonly content: string | Uint8Array }
  | { readonly symlink: string }
  | { readonly directory: true }
);

export interface SampleLayer {
  readonly createdBy: string;
  readonly entries: readonly SampleEntry[];
}

/** A moment all entries carry, so that the archive is the same on every machine. */
const EPOCH = new Date(1_700_000_000_000);

/** An image as an OCI layout in a tar (https://github.com/opencontainers/image-spec/blob/main/image-layout.md). */
export async function writeOciArchive(
  name: string,
  layers: readonly SampleLayer[],
  config: Readonly<Record<string, unknown>>,
): Promise<Uint8Array> {
  const blobs = new Map<string, Uint8Array>();
  const add = (bytes: Uint8Array): { digest: string; size: number } => {
    const hex = hash('sha256', bytes);
    blobs.set(`blobs/sha256/${hex}`, bytes);
    return { digest: `sha256:${hex}`, size: bytes.length };
  };
  const diffIds: string[] = [];
  const descriptors = [];
  for (const layer of layers) {
    const tar = await tarOf(layer.entries);
    diffIds.push(`sha256:${hash('sha256', tar)}`);
    descriptors.push({ mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', ...add(gzipSync(tar)) });
  }
  const history = layers.map(({ createdBy }) => ({ created: EPOCH.toISOString(), created_by: createdBy }));
  const document = {
    created: EPOCH.toISOString(),
    architecture: 'amd64',
    os: 'linux',
    config,
    rootfs: { type: 'layers', diff_ids: diffIds },
    history,
  };
  const manifest = {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...add(json(document)) },
    layers: descriptors,
  };
  const index = {
    schemaVersion: 2,
    manifests: [
      {
        mediaType: manifest.mediaType,
        ...add(json(manifest)),
        annotations: { 'org.opencontainers.image.ref.name': name },
      },
    ],
  };
  const files = [
    { path: 'oci-layout', content: json({ imageLayoutVersion: '1.0.0' }) },
    { path: 'index.json', content: json(index) },
    ...[...blobs].map(([path, content]) => ({ path, content })),
  ];
  return tarOf(files);
}

function json(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}

async function tarOf(entries: readonly SampleEntry[]): Promise<Uint8Array> {
  const tar = pack();
  for (const entry of entries) {
    const header = (type: 'file' | 'symlink' | 'directory', mode: number): Partial<Header> & { name: string } => ({
      name: entry.path,
      type,
      mode: entry.mode ?? mode,
      mtime: EPOCH,
      uid: 0,
      gid: 0,
    });
    if ('content' in entry) tar.entry(header('file', 0o644), Buffer.from(entry.content));
    else if ('symlink' in entry) tar.entry({ ...header('symlink', 0o777), linkname: entry.symlink });
    else tar.entry(header('directory', 0o755));
  }
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
