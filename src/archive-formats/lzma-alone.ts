import type { LzmaDecoder } from '../wasm/lzma.ts';
import { DecompressionError } from './decoder.ts';

/** Properties 1, size of the dictionary 4, size of the content 8. */
const HEADER_BYTES = 13;
const UNKNOWN_SIZE = 0xffff_ffff_ffff_ffffn;
/** Room for content of unknown size at first: what text packs to, and no less than a page or two. */
const FIRST_RATIO = 8;
const FIRST_ROOM = 64 * 1024;

/**
 * The content of an .lzma file in memory, as older rpm payloads are (LZMA specification, "The .lzma file format"), valid
 * until the decoder's next use. Throws RangeError where it is more than `limit` bytes, DecompressionError where it is damaged.
 */
export function unlzma(file: Uint8Array, limit: number, decoder: LzmaDecoder): Uint8Array {
  if (file.length < HEADER_BYTES) throw new DecompressionError('lzma data is cut off');
  const properties = file[0] ?? 0;
  const stated = new DataView(file.buffer, file.byteOffset, HEADER_BYTES).getBigUint64(5, true);
  const packed = file.subarray(HEADER_BYTES);
  const size = stated === UNKNOWN_SIZE ? undefined : Number(stated);
  if (size !== undefined && size > limit) throw new RangeError(`larger than ${limit} bytes`);
  let room = size ?? Math.min(limit, Math.max(FIRST_ROOM, packed.length * FIRST_RATIO));
  for (;;) {
    decoder.reserve(packed.length, room);
    const plain = decoder.lzma(packed, properties);
    if (plain === undefined || (size !== undefined && (plain === 'full' || plain.length !== size))) {
      throw new DecompressionError('lzma data is damaged');
    }
    // Room that is filled exactly may have cut the content off.
    if (plain !== 'full' && (size !== undefined || plain.length < room)) return plain;
    if (room === limit) throw new RangeError(`larger than ${limit} bytes`);
    room = Math.min(limit, room * 2);
  }
}
