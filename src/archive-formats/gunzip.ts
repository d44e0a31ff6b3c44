import { crc32, gunzipSync } from 'node:zlib';
import type { Inflater } from '../wasm/inflate.ts';
import { KERNEL_BYTES } from './borrow-inflater.ts';
import { gzipHeaderEnd, gzipTrailer, TRAILER_BYTES } from './gzip-header.ts';
import { pieceSize } from './piece-size.ts';

/**
 * All members of a gzip file in memory, at most `limit` bytes. Small files of one member are decoded by `inflater`, and
 * are then valid until its next use. Throws what zlib throws where the data is damaged or larger.
 */
export function gunzip(bytes: Uint8Array, limit: number, inflater: Inflater): Uint8Array {
  return (
    single(bytes, limit, inflater) ??
    gunzipSync(bytes, { maxOutputLength: limit, chunkSize: pieceSize(expectedSize(bytes), limit) })
  );
}

/** DEFLATE packs no tighter. */
const TIGHTEST = 1032;

/** What the file says, where it is whole, within what it can hold. */
function expectedSize(bytes: Uint8Array): number {
  if (bytes.length < TRAILER_BYTES) return 0;
  return Math.min(gzipTrailer(bytes, bytes.length - TRAILER_BYTES).size, bytes.length * TIGHTEST);
}

/** The content of a file that is one small member with the right checksum; undefined for everything else. */
function single(bytes: Uint8Array, limit: number, inflater: Inflater): Uint8Array | undefined {
  const start = gzipHeaderEnd(bytes);
  const end = bytes.length - TRAILER_BYTES;
  if (typeof start !== 'number' || end <= start) return undefined;
  const { crc, size } = gzipTrailer(bytes, end);
  if (size > limit || size + end - start > KERNEL_BYTES) return undefined;
  const plain = inflater.inflate(bytes.subarray(start, end), size);
  return plain !== undefined && crc32(plain) === crc ? plain : undefined;
}
