import { crc32, gzipSync } from 'node:zlib';

/** A gzip member whose header has every optional field (RFC 1952 section 2.3.1). */
export function gzipWithAllFields(content: string, name: string): Uint8Array {
  const plain = gzipSync(content);
  const head = Buffer.from(plain.subarray(0, 10));
  head[3] = 2 + 4 + 8 + 16;
  const header = Buffer.concat([head, Buffer.from(`\x03\x00abc${name}\0comment\0`, 'latin1')]);
  const check = Buffer.alloc(2);
  check.writeUInt16LE(crc32(header) & 0xffff);
  return Buffer.concat([header, check, plain.subarray(10)]);
}
