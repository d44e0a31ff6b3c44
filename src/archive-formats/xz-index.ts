import { crc32 } from 'node:zlib';
import { BoundsError, Cursor } from '../bytes/cursor.ts';
import { DecompressionError, UnsupportedDataError } from './decoder.ts';

/** One block of an .xz stream, as the index at the stream's end states it. */
export interface XzBlock {
  /** Where its header begins in the file. */
  readonly start: number;
  /** Bytes of header, data and check, the padding of the data left out. */
  readonly unpaddedSize: number;
  /** Bytes it decodes to. */
  readonly plainSize: number;
  /** Kind of check, the same for all blocks of a stream. */
  readonly check: number;
}

const HEADER_BYTES = 12;
const FOOTER_BYTES = 12;
const HEADER_MAGIC = Buffer.from('fd377a585a00', 'hex');
const FOOTER_MAGIC = Buffer.from('YZ');
const ALIGNMENT = 4;
/** Block header, one byte of data: section 4.3. */
const SMALLEST_BLOCK = 5;
/** Streams and blocks of a file; writers that cut files into blocks put 1 MiB and more into each. */
const PIECES = 65_536;

/**
 * The blocks of all streams of an .xz file in file order, read from the indexes alone: nothing is decoded
 * (https://tukaani.org/xz/xz-file-format.txt, sections 2 and 4). Throws DecompressionError where they are damaged,
 * UnsupportedDataError where they are too many.
 */
export function xzBlocks(file: Uint8Array): readonly XzBlock[] {
  try {
    return readStreams(file);
  } catch (error) {
    if (error instanceof BoundsError) throw new DecompressionError('an xz index is damaged', { cause: error });
    throw error;
  }
}

/** Size of something padded to four bytes. */
export function aligned(size: number): number {
  return Math.ceil(size / ALIGNMENT) * ALIGNMENT;
}

/** From the last stream to the first, since only a footer tells where its stream begins. */
function readStreams(file: Uint8Array): readonly XzBlock[] {
  const streams: (readonly XzBlock[])[] = [];
  let end = file.length;
  let pieces = 0;
  do {
    const padding = end;
    while (end >= ALIGNMENT && isZero(file, end - ALIGNMENT)) end -= ALIGNMENT;
    // Padding stands behind a stream, never alone.
    if (end < HEADER_BYTES + FOOTER_BYTES) throw new DecompressionError('xz data is cut off');
    if (streams.length === 0 && padding % ALIGNMENT !== 0) throw new DecompressionError('xz data is cut off');
    const stream = readStream(file, end);
    streams.push(stream.blocks);
    pieces += 1 + stream.blocks.length;
    if (pieces > PIECES) throw tooMany();
    end = stream.start;
  } while (end > 0);
  return streams.reverse().flat();
}

function tooMany(): UnsupportedDataError {
  return new UnsupportedDataError(`xz data has more than ${PIECES} blocks`);
}

function isZero(file: Uint8Array, at: number): boolean {
  return ((file[at] ?? 1) | (file[at + 1] ?? 1) | (file[at + 2] ?? 1) | (file[at + 3] ?? 1)) === 0;
}

function readStream(file: Uint8Array, end: number): { readonly start: number; readonly blocks: readonly XzBlock[] } {
  const footer = new Cursor(file.subarray(end - FOOTER_BYTES, end), 'little');
  const sum = footer.u32();
  const checked = file.subarray(end - FOOTER_BYTES + 4, end - 2);
  const indexSize = (footer.u32() + 1) * ALIGNMENT;
  const flags = footer.bytes(2);
  if (!FOOTER_MAGIC.equals(footer.bytes(2)) || crc32(checked) !== sum) {
    throw new DecompressionError('an xz stream has no sound footer');
  }
  const indexStart = end - FOOTER_BYTES - indexSize;
  const records = readIndex(new Cursor(file, 'little').seek(indexStart).bytes(indexSize));
  const start = records.reduce((at, { unpaddedSize }) => at - aligned(unpaddedSize), indexStart) - HEADER_BYTES;
  checkHeader(new Cursor(file, 'little').seek(start).bytes(HEADER_BYTES), flags);
  const check = flags[1] ?? 0;
  let at = start + HEADER_BYTES;
  const blocks = records.map((record) => {
    const block = { ...record, start: at, check };
    at += aligned(record.unpaddedSize);
    return block;
  });
  return { start, blocks };
}

/** Section 4: indicator, number of records, records, padding, CRC32. */
function readIndex(index: Uint8Array): readonly Pick<XzBlock, 'unpaddedSize' | 'plainSize'>[] {
  const body = index.subarray(0, -4);
  const cursor = new Cursor(index, 'little');
  if (cursor.seek(body.length).u32() !== crc32(body)) throw new DecompressionError('an xz index has a wrong checksum');
  if (cursor.seek(0).u8() !== 0) throw new DecompressionError('an xz index is damaged');
  const records: Pick<XzBlock, 'unpaddedSize' | 'plainSize'>[] = [];
  const count = cursor.leb128();
  if (count > PIECES) throw tooMany();
  for (let left = count; left > 0; left -= 1) {
    const unpaddedSize = cursor.leb128();
    if (unpaddedSize < SMALLEST_BLOCK) throw new DecompressionError('an xz index states a block of no size');
    records.push({ unpaddedSize, plainSize: cursor.leb128() });
  }
  if (aligned(cursor.position) !== body.length || body.subarray(cursor.position).some((byte) => byte !== 0)) {
    throw new DecompressionError('an xz index has another size than stated');
  }
  return records;
}

/** Section 2.1.1: magic, flags as in the footer, CRC32 of them. */
function checkHeader(header: Uint8Array, flags: Uint8Array): void {
  const cursor = new Cursor(header, 'little');
  const sound = HEADER_MAGIC.equals(cursor.bytes(6)) && Buffer.from(flags).equals(cursor.bytes(2));
  if (!sound || cursor.u32() !== crc32(flags)) throw new DecompressionError('an xz stream has no sound header');
  if (flags[0] !== 0 || (flags[1] ?? 0) > 15) throw new DecompressionError('an xz stream has reserved flags');
}
