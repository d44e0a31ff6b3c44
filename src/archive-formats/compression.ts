import { createGunzip } from 'node:zlib';
import { DECODER_CHUNK, throughDecoder } from './decoder.ts';
import { decompressZstd, type ZstdOptions } from './zstd.ts';

export type Compression = 'none' | 'gzip' | 'zstd';

/** Compression told by the first bytes, never by a media type: gzip (RFC 1952), zstd and skippable frames (RFC 8878). */
export function sniffCompression(head: Uint8Array): Compression {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  if (head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd && head[0] === 0x28) return 'zstd';
  if (((head[0] ?? 0) & 0xf0) === 0x50 && head[1] === 0x2a && head[2] === 0x4d && head[3] === 0x18) return 'zstd';
  return 'none';
}

/**
 * The uncompressed bytes of a stream of chunks: all gzip members, all zstd frames. The decoder works on the next
 * chunk in the thread pool while the caller works on the last one. Throws DecompressionError.
 */
export function decompress(
  compression: Compression,
  input: AsyncIterable<Uint8Array>,
  options: ZstdOptions,
): AsyncIterable<Uint8Array> {
  if (compression === 'none') return input;
  if (compression === 'zstd') return decompressZstd(input, options);
  return throughDecoder(createGunzip({ chunkSize: DECODER_CHUNK }), input);
}
