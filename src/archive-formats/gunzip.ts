import { crc32, gunzipSync } from 'node:zlib';
import type { Inflater } from '../wasm/inflate.ts';
import { KERNEL_BYTES } from './borrow-inflater.ts';

/** RFC 1952 section 2.3 */
const HEADER_BYTES = 10;
const TRAILER_BYTES = 8;
const HEADER_CRC = 2;
const EXTRA = 4;
const NAME = 8;
const COMMENT = 16;

/**
 * All members of a gzip file in memory, at most `limit` bytes. Small files of one member are decoded by `inflater`, and
 * are then valid until its next use. Throws what zlib throws where the data is damaged or larger.
 */
export function gunzip(bytes: Uint8Array, limit: number, inflater: Inflater): Uint8Array {
  return single(bytes, limit, inflater) ?? gunzipSync(bytes, { maxOutputLength: limit });
}

/** The content of a file that is one small member with the right checksum; undefined for everything else. */
function single(bytes: Uint8Array, limit: number, inflater: Inflater): Uint8Array | undefined {
  const start = headerEnd(bytes);
  const end = bytes.length - TRAILER_BYTES;
  if (start === undefined || end <= start) return undefined;
  const trailer = new DataView(bytes.buffer, bytes.byteOffset + end, TRAILER_BYTES);
  const size = trailer.getUint32(4, true);
  if (size > limit || size + end - start > KERNEL_BYTES) return undefined;
  const plain = inflater.inflate(bytes.subarray(start, end), size);
  return plain !== undefined && crc32(plain) === trailer.getUint32(0, true) ? plain : undefined;
}

function headerEnd(bytes: Uint8Array): number | undefined {
  const flags = bytes[3];
  if (flags === undefined || flags > 31) return undefined;
  let at = HEADER_BYTES;
  if ((flags & EXTRA) !== 0) at += 2 + (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 256;
  for (const field of [NAME, COMMENT]) {
    if ((flags & field) === 0) continue;
    const zero = bytes.indexOf(0, at);
    if (zero < 0) return undefined;
    at = zero + 1;
  }
  return (flags & HEADER_CRC) === 0 ? at : at + 2;
}
