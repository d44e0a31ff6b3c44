import { createReadStream, statSync } from 'node:fs';
import { join } from 'node:path';
import { decompress, sniffCompression } from '../archive-formats/compression.ts';
import type { LayerSource } from '../image/opened-image.ts';
import type { Limits } from '../limits.ts';
import { entryPath, type LayerIndex } from './layer-index.ts';
import { LayerStream } from './layer-stream.ts';

/**
 * The stored bytes of one regular file of a layer that was indexed before: the layer is read again up to the end of
 * the file. For sparse files these are the stored runs without the holes.
 */
export async function* readContent(
  source: LayerSource,
  layer: LayerIndex,
  place: { readonly entry: number; readonly limits: Limits },
): AsyncGenerator<Uint8Array> {
  const { entry, limits } = place;
  if (source.kind === 'directory') {
    yield* createReadStream(hostPath(source, entryPath(layer.entries, entry)));
    return;
  }
  let at = -(layer.entries.contentOffset[entry] ?? 0);
  const size = layer.entries.size[entry] ?? 0;
  const stream = new LayerStream(source);
  try {
    const first = (await stream.next()) ?? new Uint8Array(0);
    const input = (async function* () {
      yield first;
      yield* stream.chunks();
    })();
    for await (const chunk of decompress(sniffCompression(first), input, { limits })) {
      if (at + chunk.length > 0) yield chunk.subarray(Math.max(0, -at), Math.min(chunk.length, size - at));
      at += chunk.length;
      if (at >= size) return;
    }
  } finally {
    await stream.close();
  }
}

/** `dir:` may also name a single file. */
function hostPath(source: LayerSource, path: string): string {
  return statSync(source.file).isFile() ? source.file : join(source.file, path);
}
