import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { BoundsError, Cursor } from '../bytes/cursor.ts';
import type { LzmaDecoder } from '../wasm/lzma.ts';
import { DecompressionError, UnsupportedDataError } from './decoder.ts';
import type { NestedBudget } from './nested.ts';
import { aligned, type XzBlock, xzBlocks } from './xz-index.ts';

const LZMA2 = 0x21;
/** Section 5.3: filters that come before LZMA2. */
const FILTERS = new Map([
  [0x03, 'delta'],
  [0x04, 'x86'],
  [0x05, 'PowerPC'],
  [0x06, 'IA-64'],
  [0x07, 'ARM'],
  [0x08, 'ARM Thumb'],
  [0x09, 'SPARC'],
  [0x0a, 'ARM64'],
  [0x0b, 'RISC-V'],
]);

/** Section 2.1.1.2: bytes of the check by its kind. */
const CHECK_BYTES = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64];
const CRC32 = 1;
const CRC64 = 4;
const SHA256 = 10;

/**
 * All streams of an .xz file in memory (https://tukaani.org/xz/xz-file-format.txt), valid until the decoder's next use.
 * Nothing is decoded before `budget` was asked for the size that the indexes state. Throws RangeError where that is above
 * `limit`, UnsupportedDataError for other filters than LZMA2 and too many blocks, DecompressionError where the file is damaged.
 */
export function unxz(
  file: Uint8Array,
  options: { readonly limit: number; readonly budget: Pick<NestedBudget, 'take'>; readonly decoder: LzmaDecoder },
): Uint8Array {
  const { limit, budget, decoder } = options;
  const blocks = xzBlocks(file);
  const size = blocks.reduce((sum, { plainSize }) => sum + plainSize, 0);
  if (size > limit) throw new RangeError(`larger than ${limit} bytes`);
  budget.take(size);
  decoder.reserve(
    blocks.reduce((most, { unpaddedSize }) => Math.max(most, unpaddedSize), 0),
    size,
  );
  let at = 0;
  for (const block of blocks) {
    readBlock(file, block, { start: at, decoder });
    at += block.plainSize;
  }
  return decoder.plain();
}

/** Section 3: header, data, padding, check. */
function readBlock(
  file: Uint8Array,
  block: XzBlock,
  plain: { readonly start: number; readonly decoder: LzmaDecoder },
): void {
  const { start, decoder } = plain;
  const checkBytes = CHECK_BYTES[block.check] ?? 0;
  const stored = file.subarray(block.start, block.start + aligned(block.unpaddedSize));
  const headerBytes = ((stored[0] ?? 0) + 1) * 4;
  const dataBytes = block.unpaddedSize - headerBytes - checkBytes;
  if (stored[0] === 0 || dataBytes < 1) throw new DecompressionError('an xz block has no sound header');
  readBlockHeader(stored.subarray(0, headerBytes), { data: dataBytes, plain: block.plainSize });
  const dataEnd = headerBytes + dataBytes;
  const checkStart = stored.length - checkBytes;
  if (stored.subarray(dataEnd, checkStart).some((byte) => byte !== 0)) {
    throw new DecompressionError('padding of an xz block is not empty');
  }
  const range = { start, size: block.plainSize };
  const content = decoder.lzma2(stored.subarray(headerBytes, dataEnd), range);
  if (content === undefined) throw new DecompressionError('LZMA2 data of an xz block is damaged');
  const check = Buffer.from(stored.subarray(checkStart));
  if (!isRight(check, block.check, { content, crc64: () => decoder.crc64(range) })) {
    throw new DecompressionError('an xz block has a wrong checksum');
  }
}

/** Section 3.1. The sizes are there where an encoder knew them beforehand, and are the same as in the index. */
function readBlockHeader(header: Uint8Array, sizes: { readonly data: number; readonly plain: number }): void {
  const body = header.subarray(0, -4);
  const cursor = new Cursor(header, 'little');
  if (cursor.seek(body.length).u32() !== crc32(body)) {
    throw new DecompressionError('an xz block header has a wrong checksum');
  }
  const fields = new Cursor(body, 'little').skip(1);
  try {
    const flags = fields.u8();
    if ((flags & 0x3c) !== 0) throw new UnsupportedDataError('xz data has block flags of a newer format');
    const isOther = [sizes.data, sizes.plain].some(
      (size, index) => (flags & (0x40 << index)) !== 0 && fields.leb128() !== size,
    );
    if (isOther) throw new DecompressionError('an xz block has another size than its index states');
    for (let filter = 0; filter <= (flags & 3); filter += 1) {
      const id = fields.leb128();
      if (id !== LZMA2)
        throw new UnsupportedDataError(`xz data has the filter ${FILTERS.get(id) ?? `0x${id.toString(16)}`}`);
      // LZMA2 comes last; its one property is the size of the dictionary, which here is the output itself
      if (filter !== (flags & 3) || fields.leb128() !== 1 || fields.u8() > 40) {
        throw new DecompressionError('an xz block has impossible filters');
      }
    }
    if (fields.bytes(fields.remaining).some((byte) => byte !== 0)) {
      throw new UnsupportedDataError('xz data has block fields of a newer format');
    }
  } catch (error) {
    if (error instanceof BoundsError) throw new DecompressionError('an xz block header is cut off', { cause: error });
    throw error;
  }
}

/** Kinds without a definition are passed over, as the format allows. */
function isRight(
  check: Buffer,
  kind: number,
  plain: { readonly content: Uint8Array; readonly crc64: () => bigint },
): boolean {
  if (kind === CRC32) return check.readUInt32LE() === crc32(plain.content);
  if (kind === CRC64) return check.readBigUInt64LE() === plain.crc64();
  if (kind === SHA256) return check.equals(hash('sha256', plain.content, 'buffer'));
  return true;
}
