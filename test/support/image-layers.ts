import { readFileSync } from 'node:fs';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { extract } from 'tar-stream';

/** Regular files of a layer by absolute path; `null` for a path that the layer removes. */
export type LayerFiles = Record<string, Buffer | null>;

/** The files of each layer of an OCI archive that a filter wants, read without any of the product's own image code. */
export async function readImageLayers(archive: string, wanted: (path: string) => boolean): Promise<LayerFiles[]> {
  const blobs = await readTar(readFileSync(archive), () => true);
  const json = (name: string): unknown => JSON.parse(String(blobs[name]));
  const [manifest] = list(json('/index.json'), 'manifests');
  const layers: LayerFiles[] = [];
  for (const layer of list(json(blobPath(manifest)), 'layers')) {
    const blob = blobs[blobPath(layer)];
    if (blob === undefined || blob === null) throw new Error(`${archive}: a layer is missing`);
    layers.push(await readTar(decompress(blob), wanted));
  }
  return layers;
}

function list(document: unknown, field: string): readonly unknown[] {
  const value: unknown = typeof document === 'object' && document !== null ? Reflect.get(document, field) : undefined;
  return Array.isArray(value) ? value : [];
}

function blobPath(descriptor: unknown): string {
  const digest: unknown =
    typeof descriptor === 'object' && descriptor !== null ? Reflect.get(descriptor, 'digest') : undefined;
  return `/blobs/${String(digest).replace(':', '/')}`;
}

function decompress(blob: Buffer): Buffer {
  if (blob[0] === 0x1f) return gunzipSync(blob);
  return blob.readUInt32LE(0) === 0xfd2fb528 ? zstdDecompressSync(blob) : blob;
}

function readTar(bytes: Buffer, wanted: (path: string) => boolean): Promise<LayerFiles> {
  const files: LayerFiles = {};
  return new Promise((resolve, reject) => {
    const reader = extract();
    reader.on('entry', (header, stream, next) => {
      const path = `/${header.name.replace(/^\.?\//, '')}`;
      const whiteout = /^(.*\/)\.wh\.([^/]+)$/.exec(path);
      const parts: Buffer[] = [];
      const keep = header.type === 'file' && wanted(path);
      stream.on('data', (part: unknown) => {
        if (keep && part instanceof Uint8Array) parts.push(Buffer.from(part));
      });
      stream.on('end', () => {
        if (whiteout !== null) files[`${whiteout[1]}${whiteout[2]}`] = null;
        else if (keep) files[path] = Buffer.concat(parts);
        next();
      });
    });
    reader.on('finish', () => resolve(files));
    reader.on('error', reject);
    reader.end(bytes);
  });
}
