import { zstdDecompressSync } from 'node:zlib';
import { DecompressionError } from './decoder.ts';
import { pieceSize } from './piece-size.ts';
import { BlockScanner, type FrameHeader, readFrameHeader } from './zstd-frame.ts';

/** Every frame costs a decoder; writers that cut files into frames put megabytes into each. */
const FRAMES = 16_384;
const CUT_OFF = 'the last zstd frame is cut off';

/**
 * All frames of a zstd file in memory, at most `limit` bytes (RFC 8878). Node's own function stops without a word after
 * the first frame. Throws RangeError where the data is larger, DecompressionError or what zlib throws where it is damaged.
 */
export function unzstd(bytes: Uint8Array, limit: number): Uint8Array {
  const plain: Uint8Array[] = [];
  let left = limit;
  for (const frame of frames(bytes)) {
    if (plain.length === FRAMES) throw new RangeError(`more than ${FRAMES} zstd frames`);
    const content = zstdDecompressSync(frame, {
      maxOutputLength: Math.max(1, left),
      chunkSize: pieceSize(expectedSize(frame), left),
    });
    left -= content.length;
    if (left < 0) throw new RangeError(`larger than ${limit} bytes`);
    plain.push(content);
  }
  const [first, ...rest] = plain;
  return first !== undefined && rest.length === 0 ? first : Buffer.concat(plain);
}

/** What the frame says of its content; 0 where it does not. */
function expectedSize(frame: Uint8Array): number {
  const header = readFrameHeader(frame);
  return typeof header === 'string' ? 0 : (header.contentSize ?? 0);
}

/** The frames with content; skippable ones are passed over. */
function* frames(bytes: Uint8Array): Generator<Uint8Array> {
  let start = 0;
  do {
    const header = readFrameHeader(bytes.subarray(start));
    if (header === 'bad') throw new DecompressionError('bytes that are no zstd frame');
    if (header === 'short') throw new DecompressionError(CUT_OFF);
    const end = frameEnd(bytes, start, header);
    if (!header.skippable) yield bytes.subarray(start, end);
    start = end;
  } while (start < bytes.length);
}

function frameEnd(bytes: Uint8Array, start: number, header: FrameHeader): number {
  const content = start + header.headerSize;
  const blocks = new BlockScanner(header.hasChecksum);
  const end = header.skippable ? content + (header.contentSize ?? 0) : content + blocks.scan(bytes.subarray(content));
  if (end > bytes.length || !(header.skippable || blocks.done)) throw new DecompressionError(CUT_OFF);
  return end;
}
