import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** .xz files whose LZMA2 data is stored, field by field, so that tests can also write what no sound writer would. */

export const CHECKS = { none: 0, crc32: 1, crc64: 4, sha256: 10 } as const;
export type CheckName = keyof typeof CHECKS;

export interface XzStreamFields {
  readonly check?: CheckName | number;
  /** Filter flags in place of those of LZMA2. */
  readonly filters?: readonly Uint8Array[];
  /** What the index says the first block decodes to. */
  readonly statedSize?: number;
  /** Write the sizes into the block headers too. */
  readonly sizesInHeader?: boolean;
}

const LZMA2_FILTER = Uint8Array.of(0x21, 1, 22);
const STORED_CHUNK = 65_536;

/** LZMA2 data: chunks of stored bytes, the first of which resets the dictionary, and the end. */
export function storedLzma2(content: Uint8Array): Buffer {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < content.length; at += STORED_CHUNK) {
    const chunk = content.subarray(at, at + STORED_CHUNK);
    parts.push(Uint8Array.of(at === 0 ? 1 : 2, (chunk.length - 1) >> 8, (chunk.length - 1) & 0xff), chunk);
  }
  return Buffer.concat([...parts, Uint8Array.of(0)]);
}

/** One stream with a block for each content. */
export function xzStream(contents: readonly (string | Uint8Array)[], fields: XzStreamFields = {}): Buffer {
  const kind = typeof fields.check === 'number' ? fields.check : CHECKS[fields.check ?? 'crc64'];
  const flags = Uint8Array.of(0, kind);
  const blocks = contents.map((content) => block(Buffer.from(content), kind, fields));
  const records = blocks.map(({ unpaddedSize, plainSize }, index) =>
    Buffer.concat([varint(unpaddedSize), varint(index === 0 ? (fields.statedSize ?? plainSize) : plainSize)]),
  );
  const index = summed(padded(Buffer.concat([Uint8Array.of(0), varint(blocks.length), ...records])));
  const backward = Buffer.concat([u32(index.length / 4 - 1), flags]);
  return Buffer.concat([
    Buffer.from('fd377a585a00', 'hex'),
    summed(flags),
    ...blocks.map(({ bytes }) => bytes),
    index,
    u32(crc32(backward)),
    backward,
    Buffer.from('YZ'),
  ]);
}

function block(
  content: Buffer,
  kind: number,
  fields: XzStreamFields,
): { readonly bytes: Buffer; readonly unpaddedSize: number; readonly plainSize: number } {
  const data = storedLzma2(content);
  const filters = fields.filters ?? [LZMA2_FILTER];
  const hasSizes = fields.sizesInHeader === true;
  const body = [
    Uint8Array.of((filters.length - 1) | (hasSizes ? 0xc0 : 0)),
    ...(hasSizes ? [varint(data.length), varint(content.length)] : []),
    ...filters,
  ];
  const size = Math.ceil((1 + Buffer.concat(body).length) / 4) * 4;
  const header = summed(padded(Buffer.concat([Uint8Array.of(size / 4), ...body])));
  const check = checkOf(content, kind);
  return {
    bytes: Buffer.concat([header, padded(data), check]),
    unpaddedSize: header.length + data.length + check.length,
    plainSize: content.length,
  };
}

function checkOf(content: Buffer, kind: number): Buffer {
  if (kind === CHECKS.crc32) return u32(crc32(content));
  if (kind === CHECKS.sha256) return createHash('sha256').update(content).digest();
  if (kind !== CHECKS.crc64) return Buffer.alloc(kind === CHECKS.none ? 0 : 4);
  const check = Buffer.alloc(8);
  check.writeBigUInt64LE(crc64(content));
  return check;
}

/** Bit by bit. */
export function crc64(content: Uint8Array): bigint {
  const all = 0xffff_ffff_ffff_ffffn;
  let check = all;
  for (const byte of content) {
    check ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit += 1) check = (check >> 1n) ^ (check & 1n ? 0xc96c_5795_d787_0f42n : 0n);
  }
  return check ^ all;
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let left = value;
  for (; left > 0x7f; left = Math.floor(left / 128)) bytes.push((left % 128) | 0x80);
  return Buffer.from([...bytes, left]);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function padded(bytes: Uint8Array): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}

function summed(bytes: Uint8Array): Buffer {
  return Buffer.concat([bytes, u32(crc32(bytes))]);
}
