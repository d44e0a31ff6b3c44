import { createGunzip } from 'node:zlib';
import { DECODER_CHUNK, DecompressionError, type OnDecoded, throughDecoder } from './decoder.ts';
import { gunzipHere } from './gunzip-stream.ts';
import { decompressZstd, type ZstdOptions } from './zstd.ts';

export type Compression = 'none' | 'gzip' | 'zstd';

/** Bytes that tell how input is compressed. */
export const COMPRESSION_MAGIC_BYTES = 4;

/** Compression told by the first bytes, never by a media type: gzip (RFC 1952), zstd and skippable frames (RFC 8878). */
export function sniffCompression(head: Uint8Array): Compression {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  if (head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd && head[0] === 0x28) return 'zstd';
  if (((head[0] ?? 0) & 0xf0) === 0x50 && head[1] === 0x2a && head[2] === 0x4d && head[3] === 0x18) return 'zstd';
  return 'none';
}

export interface DecompressOptions extends ZstdOptions {
  /** For gzip only: elsewhere chunks are cut, or are what comes out. */
  readonly onDecoded?: OnDecoded;
  /** Decode gzip on the calling thread: less work in all, but none of it beside the caller's. Chunks are valid until the next is asked for. */
  readonly here?: boolean;
}

/**
 * The uncompressed bytes of a stream of chunks: all gzip members, all zstd frames. Unless it decodes `here`, the decoder works
 * on the next chunk in the thread pool while the caller works on the last one. Throws DecompressionError.
 */
export function decompress(
  compression: Compression,
  input: AsyncIterable<Uint8Array>,
  options: DecompressOptions,
): AsyncIterable<Uint8Array> {
  if (compression === 'none') return input;
  if (compression === 'zstd') return decompressZstd(input, options);
  const gunzipped =
    options.here === true
      ? gunzipHere(input, options.onDecoded)
      : throughDecoder(createGunzip({ chunkSize: DECODER_CHUNK }), input, options.onDecoded);
  return withOneComplaint(gunzipped);
}

/** What a report says must not depend on which decoder met the damage, and each words it its own way. */
async function* withOneComplaint(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (cause) {
    if (!(cause instanceof DecompressionError)) throw cause;
    throw new DecompressionError('the gzip data is damaged or cut off', { cause });
  }
}
