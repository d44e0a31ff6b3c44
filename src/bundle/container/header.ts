import { PlimsollError } from '../../errors.ts';
import { BUNDLE_LIMITS, PAGE_BYTES } from '../bundle-limits.ts';

/**
 * First bytes of a `.plb` file (docs/bundle-format.md), little-endian:
 *    0   8  magic 89 50 4C 42 0D 0A 1A 0A: text-mode damage shows at once, as in PNG
 *    8   2  container major version (1)
 *   10   2  container minor version (0)
 *   12   4  envelope length
 *   16   8  file length, exact
 *   24   8  zero
 *   32  32  SHA-256 of the envelope: tells damage from forgery, gives no authority
 *   64   n  envelope, then zeros up to a multiple of 4096; sections follow
 */
export const HEADER_BYTES = 64;
const MAGIC = Buffer.from([0x89, 0x50, 0x4c, 0x42, 0x0d, 0x0a, 0x1a, 0x0a]);
const MAJOR_OFFSET = 8;
const MINOR_OFFSET = 10;
const ENVELOPE_LENGTH_OFFSET = 12;
const FILE_LENGTH_OFFSET = 16;
const RESERVED_OFFSET = 24;
const DIGEST_OFFSET = 32;

export interface ContainerHeader {
  readonly envelopeLength: number;
  readonly fileLength: number;
  readonly envelopeSha256: string;
}

/** The first multiple of 4096 at or after the offset. */
export function alignToPage(offset: number): number {
  return Math.ceil(offset / PAGE_BYTES) * PAGE_BYTES;
}

/** Where the sections begin. */
export function sectionAreaStart(envelopeLength: number): number {
  return alignToPage(HEADER_BYTES + envelopeLength);
}

export function encodeHeader({ envelopeLength, fileLength, envelopeSha256 }: ContainerHeader): Uint8Array {
  const bytes = Buffer.alloc(HEADER_BYTES);
  MAGIC.copy(bytes);
  bytes.writeUInt16LE(1, MAJOR_OFFSET);
  bytes.writeUInt32LE(envelopeLength, ENVELOPE_LENGTH_OFFSET);
  bytes.writeBigUInt64LE(BigInt(fileLength), FILE_LENGTH_OFFSET);
  Buffer.from(envelopeSha256, 'hex').copy(bytes, DIGEST_OFFSET);
  return bytes;
}

/** Throws PLM_BUNDLE_FORMAT where the bytes are no header of this container, PLM_BUNDLE_READER for a newer major version. */
export function parseHeader(bytes: Uint8Array): ContainerHeader {
  const header = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!header.subarray(0, MAGIC.length).equals(MAGIC)) throw new PlimsollError('PLM_BUNDLE_FORMAT', noMagic(header));
  const major = header.readUInt16LE(MAJOR_OFFSET);
  if (major !== 1)
    throw new PlimsollError('PLM_BUNDLE_READER', `the container has version ${major}, this reads version 1`);
  if (header.readUInt16LE(MINOR_OFFSET) !== 0 || header.readBigUInt64LE(RESERVED_OFFSET) !== 0n) {
    throw new PlimsollError('PLM_BUNDLE_FORMAT', 'reserved bytes of the header are set');
  }
  const envelopeLength = header.readUInt32LE(ENVELOPE_LENGTH_OFFSET);
  if (envelopeLength < 2 || envelopeLength > BUNDLE_LIMITS.envelopeBytes) {
    throw new PlimsollError('PLM_BUNDLE_FORMAT', `an envelope of ${envelopeLength} bytes is not allowed`);
  }
  const length = header.readBigUInt64LE(FILE_LENGTH_OFFSET);
  if (length > BigInt(BUNDLE_LIMITS.fileBytes))
    throw new PlimsollError('PLM_BUNDLE_FORMAT', 'the file length is not allowed');
  return {
    envelopeLength,
    fileLength: Number(length),
    envelopeSha256: header.subarray(DIGEST_OFFSET, HEADER_BYTES).toString('hex'),
  };
}

function noMagic(header: Buffer): string {
  if (header.subarray(0, 6).equals(Buffer.from([0x89, 0x50, 0x4c, 0x42, 0x0a, 0x1a]))) {
    return 'line ends were translated on the way; copy the file in binary mode';
  }
  return 'this is no advisory bundle';
}
