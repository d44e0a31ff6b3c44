/**
 * One 512-byte tar header: POSIX ustar (IEEE 1003.1 pax, "ustar Interchange Format"), GNU and V7.
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html · https://www.gnu.org/software/tar/manual/html_node/Standard.html
 */

export const TAR_BLOCK = 512;

/** The archive breaks the format where reading cannot go on: sizes or positions are lost. */
export class TarError extends Error {
  override readonly name = 'TarError';
}

const NAME = 0;
const NAME_LENGTH = 100;
const MODE = 100;
const SIZE = 124;
const CHECKSUM = 148;
const CHECKSUM_LENGTH = 8;
const TYPE = 156;
const LINK_NAME = 157;
const MAGIC = 257;
const PREFIX = 345;
const PREFIX_LENGTH = 155;
const NUMBER_LENGTH = 12;
const SPACE = 0x20;
const SLASH = 0x2f;
const EMPTY = new Uint8Array(0);

export interface TarHeader {
  /** As stored, the ustar prefix put before it. */
  readonly name: Uint8Array;
  readonly linkName: Uint8Array;
  /** The type flag as a character code; V7 headers have 0. */
  readonly type: number;
  readonly mode: number;
  /** Bytes as the size field has them, whatever the type. */
  readonly size: number;
}

/** Whether a block holds only zeros: two of them end an archive. */
export function isZeroBlock(block: Uint8Array): boolean {
  for (let at = 0; at < TAR_BLOCK; at += 1) {
    if (block[at] !== 0) return false;
  }
  return true;
}

/** Reads a header block. Throws TarError where checksum or size are broken. */
export function parseTarHeader(block: Uint8Array): TarHeader {
  verifyChecksum(block);
  const size = parseNumber(block, SIZE, NUMBER_LENGTH);
  if (size === undefined) throw new TarError('the size field of an entry is no valid number');
  return {
    name: fullName(block),
    linkName: textField(block, LINK_NAME, NAME_LENGTH),
    type: block[TYPE] ?? 0,
    mode: parseNumber(block, MODE, 8) ?? 0,
    size,
  };
}

/** Whether a block can be the first of an archive that holds anything. */
export function startsAsTar(block: Uint8Array): boolean {
  if (isZeroBlock(block)) return false;
  try {
    parseTarHeader(block);
    return true;
  } catch (error) {
    if (error instanceof TarError) return false;
    throw error;
  }
}

function fullName(block: Uint8Array): Uint8Array {
  const name = textField(block, NAME, NAME_LENGTH);
  // "ustar\0": GNU archives ("ustar ") use the prefix bytes for other things
  const hasPrefix = block[PREFIX] !== 0 && block[MAGIC] === 0x75 && block[MAGIC + 4] === 0x72 && block[MAGIC + 5] === 0;
  if (!hasPrefix) return name;
  const prefix = textField(block, PREFIX, PREFIX_LENGTH);
  const joined = new Uint8Array(prefix.length + 1 + name.length);
  joined.set(prefix);
  joined[prefix.length] = SLASH;
  joined.set(name, prefix.length + 1);
  return joined;
}

function textField(block: Uint8Array, at: number, length: number): Uint8Array {
  let end = at;
  while (end < at + length && block[end] !== 0) end += 1;
  return end === at ? EMPTY : block.subarray(at, end);
}

/** Historic writers summed signed bytes; both sums are accepted, as every reader does. */
function verifyChecksum(block: Uint8Array): void {
  const stated = parseNumber(block, CHECKSUM, CHECKSUM_LENGTH);
  if (stated === headerSum(block)) return;
  const signed = new Int8Array(block.buffer, block.byteOffset, TAR_BLOCK);
  if (stated !== headerSum(signed)) throw new TarError('the checksum of an entry header is wrong');
}

/** All bytes, the checksum field taken for blanks. */
function headerSum(block: Uint8Array | Int8Array): number {
  let sum = CHECKSUM_LENGTH * SPACE;
  for (let at = 0; at < CHECKSUM; at += 1) sum += block[at] ?? 0;
  for (let at = CHECKSUM + CHECKSUM_LENGTH; at < TAR_BLOCK; at += 1) sum += block[at] ?? 0;
  return sum;
}

/** Octal text, or base-256 where the first bit is set. Undefined for anything else, negative or past 2^53. */
export function parseNumber(block: Uint8Array, at: number, length: number): number | undefined {
  const first = block[at] ?? 0;
  if (first >= 0x80) return parseBase256(block, at, length);
  let index = at;
  const end = at + length;
  while (index < end && block[index] === SPACE) index += 1;
  let value = 0;
  for (; index < end; index += 1) {
    const byte = block[index] ?? 0;
    if (byte === 0 || byte === SPACE) break;
    if (byte < 0x30 || byte > 0x37) return undefined;
    value = value * 8 + (byte - 0x30);
  }
  return value;
}

function parseBase256(block: Uint8Array, at: number, length: number): number | undefined {
  const first = block[at] ?? 0;
  if ((first & 0x40) !== 0) return undefined;
  let value = first & 0x3f;
  for (let index = at + 1; index < at + length; index += 1) {
    value = value * 256 + (block[index] ?? 0);
    if (value > Number.MAX_SAFE_INTEGER) return undefined;
  }
  return value;
}
