import { crc32, gunzipSync } from 'node:zlib';
import type { Inflater } from '../wasm/inflate.ts';
import { KERNEL_BYTES } from './borrow-inflater.ts';
import { gzipHeaderEnd, gzipTrailer, TRAILER_BYTES } from './gzip-header.ts';

/**
 * All members of a gzip file in memory, at most `limit` bytes. Small files of one member are decoded by `inflater`, and
 * are then valid until its next use. Throws what zlib throws where the data is damaged or larger.
 */
export function gunzip(bytes: Uint8Array, limit: number, inflater: Inflater): Uint8Array {
  return (
    single(bytes, limit, inflater) ?? gunzipSync(bytes, { maxOutputLength: limit, chunkSize: pieceSize(bytes, limit) })
  );
}

/** Of zlib's output. */
const SMALLEST_PIECE = 16 * 1024;
/** DEFLATE packs no tighter. */
const TIGHTEST = 1032;

/** One piece with a byte to spare where the file has one member: nothing is put together then. */
function pieceSize(bytes: Uint8Array, limit: number): number {
  if (bytes.length < TRAILER_BYTES) return SMALLEST_PIECE;
  const { size } = gzipTrailer(bytes, bytes.length - TRAILER_BYTES);
  return Math.max(SMALLEST_PIECE, Math.min(size, limit, bytes.length * TIGHTEST) + 1);
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
