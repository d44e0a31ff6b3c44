import { inflateRawSync } from 'node:zlib';
import { PlimsollError } from '../../errors.ts';
import type { ByteSource } from '../container/byte-source.ts';

/** A member of a zip archive, read on demand. */
export interface ZipMember {
  readonly name: string;
  /** Inflates the member, refusing more than `most` bytes and a wrong length. */
  bytes(most: number): Uint8Array;
}

/** Record signatures and fixed lengths of PKWARE APPNOTE 6.3.10, https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
const END = 0x06054b50;
const END_BYTES = 22;
const END64_LOCATOR = 0x07064b50;
const END64_LOCATOR_BYTES = 20;
const END64 = 0x06064b50;
const END64_BYTES = 56;
const CENTRAL = 0x02014b50;
const CENTRAL_BYTES = 46;
const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
const COMMENT_LIMIT = 65_535;

const STORED = 0;
const DEFLATED = 8;

/**
 * Members of an export archive by its central directory, without reading the whole file into memory; zip64 as large
 * exports need it. Throws PLM_FEED_INVALID.
 */
export function* zipMembers(source: ByteSource, path: string): Generator<ZipMember> {
  const { offset, size, count } = locateDirectory(source, path);
  const directory = view(source.read(offset, size));
  let at = 0;
  for (let index = 0; index < count; index++) {
    if (at + CENTRAL_BYTES > directory.length || directory.readUInt32LE(at) !== CENTRAL)
      throw damaged(path, 'directory');
    const nameLength = directory.readUInt16LE(at + 28);
    const extraLength = directory.readUInt16LE(at + 30);
    const end = at + CENTRAL_BYTES + nameLength + extraLength + directory.readUInt16LE(at + 32);
    if (end > directory.length) throw damaged(path, 'directory');
    const name = directory.toString('utf8', at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameLength);
    const entry = {
      source,
      path,
      name,
      method: directory.readUInt16LE(at + 10),
      packed: directory.readUInt32LE(at + 20),
      raw: directory.readUInt32LE(at + 24),
      local: directory.readUInt32LE(at + 42),
    };
    if (!name.endsWith('/')) yield { name, bytes: (most) => readMember(entry, most) };
    at = end;
  }
}

interface Directory {
  readonly offset: number;
  readonly size: number;
  readonly count: number;
}

function locateDirectory(source: ByteSource, path: string): Directory {
  const tailLength = Math.min(source.size, END_BYTES + COMMENT_LIMIT);
  const tailStart = source.size - tailLength;
  const tail = view(source.read(tailStart, tailLength));
  let at = tailLength - END_BYTES;
  while (at >= 0 && tail.readUInt32LE(at) !== END) at--;
  if (at < 0) throw damaged(path, 'end record');
  const locator = tailStart + at - END64_LOCATOR_BYTES;
  const wide = locator >= 0 ? locateWideDirectory(source, locator, path) : undefined;
  const directory = wide ?? {
    count: tail.readUInt16LE(at + 10),
    size: tail.readUInt32LE(at + 12),
    offset: tail.readUInt32LE(at + 16),
  };
  if (directory.offset + directory.size > source.size) throw damaged(path, 'directory');
  return directory;
}

function locateWideDirectory(source: ByteSource, locatorOffset: number, path: string): Directory | undefined {
  const locator = view(source.read(locatorOffset, END64_LOCATOR_BYTES));
  if (locator.readUInt32LE(0) !== END64_LOCATOR) return undefined;
  const offset = Number(locator.readBigUInt64LE(8));
  if (offset + END64_BYTES > source.size) throw damaged(path, 'zip64 record');
  const record = view(source.read(offset, END64_BYTES));
  if (record.readUInt32LE(0) !== END64) throw damaged(path, 'zip64 record');
  return {
    count: Number(record.readBigUInt64LE(32)),
    size: Number(record.readBigUInt64LE(40)),
    offset: Number(record.readBigUInt64LE(48)),
  };
}

interface Entry {
  readonly source: ByteSource;
  readonly path: string;
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly raw: number;
  readonly local: number;
}

function readMember({ source, path, name, method, packed, raw, local }: Entry, most: number): Uint8Array {
  if (raw > most || packed > most)
    throw new PlimsollError('PLM_FEED_INVALID', `${name} is larger than ${most} bytes`, { path });
  if (local + LOCAL_BYTES > source.size) throw damaged(path, name);
  const header = view(source.read(local, LOCAL_BYTES));
  if (header.readUInt32LE(0) !== LOCAL) throw damaged(path, name);
  const start = local + LOCAL_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
  if (start + packed > source.size) throw damaged(path, name);
  const bytes = source.read(start, packed);
  if (method !== STORED && method !== DEFLATED) throw damaged(path, `${name}, compression method ${method}`);
  const content = method === STORED ? bytes : inflate(bytes, raw, `${path}: ${name}`);
  if (content.length !== raw) throw damaged(path, name);
  return content;
}

function inflate(bytes: Uint8Array, length: number, what: string): Uint8Array {
  try {
    return inflateRawSync(bytes, { maxOutputLength: Math.max(1, length) });
  } catch (cause) {
    throw new PlimsollError('PLM_FEED_INVALID', `${what} cannot be inflated`, { cause });
  }
}

function view(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function damaged(path: string, part: string): PlimsollError {
  return new PlimsollError('PLM_FEED_INVALID', `the zip archive is damaged (${part})`, { path });
}
