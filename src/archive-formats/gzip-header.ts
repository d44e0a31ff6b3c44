import { crc32 } from 'node:zlib';

/** RFC 1952 section 2.3 */
const HEADER_BYTES = 10;
const DEFLATE = 8;
const HEADER_CRC = 2;
const EXTRA = 4;
const NAME = 8;
const COMMENT = 16;
const KNOWN_FLAGS = 31;

/** CRC-32 and size of the content. */
export const TRAILER_BYTES = 8;

/** Where the deflated data of a gzip member begins; `short` where its header goes on behind the bytes, `bad` where there is none. */
export function gzipHeaderEnd(bytes: Uint8Array): number | 'short' | 'bad' {
  const [first = 0x1f, second = 0x8b, method = DEFLATE, flags = 0] = bytes;
  if (first !== 0x1f || second !== 0x8b || method !== DEFLATE || flags > KNOWN_FLAGS) return 'bad';
  let at = HEADER_BYTES;
  if ((flags & EXTRA) !== 0) at += 2 + (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 256;
  for (const field of [NAME, COMMENT]) {
    if ((flags & field) === 0) continue;
    const zero = bytes.indexOf(0, at);
    if (zero < 0) return 'short';
    at = zero + 1;
  }
  if ((flags & HEADER_CRC) === 0) return at <= bytes.length ? at : 'short';
  if (at + 2 > bytes.length) return 'short';
  const told = (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 256;
  return (crc32(bytes.subarray(0, at)) & 0xffff) === told ? at + 2 : 'bad';
}

export interface GzipTrailer {
  readonly crc: number;
  /** Modulo 2^32. */
  readonly size: number;
}

/** The trailer at an offset; its bytes must be there. */
export function gzipTrailer(bytes: Uint8Array, at: number): GzipTrailer {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, TRAILER_BYTES);
  return { crc: view.getUint32(0, true), size: view.getUint32(4, true) };
}
