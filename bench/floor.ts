import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import type { LayerSource } from '../src/image/opened-image.ts';

const CHUNK = 256 * 1024;

/** The least any reader of a layer must do: decompress it and hash both sides. */
export async function floor(source: LayerSource): Promise<{ readonly bytes: number }> {
  const { file, offset, size, mediaType } = source;
  const stored = createHash('sha256');
  const unpacked = createHash('sha256');
  const input = createReadStream(file, { start: offset, end: offset + size - 1, highWaterMark: CHUNK });
  input.on('data', (chunk) => stored.update(chunk));
  const isPlain = !/gzip|zstd/.test(mediaType ?? '');
  const decoder =
    mediaType?.includes('zstd') === true
      ? createZstdDecompress({ chunkSize: CHUNK })
      : createGunzip({ chunkSize: CHUNK });
  let bytes = 0;
  for await (const chunk of isPlain ? input : input.pipe(decoder)) {
    bytes += chunk.length;
    if (!isPlain) unpacked.update(chunk);
  }
  return { bytes };
}
