import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decompress, sniffCompression } from '../../src/archive-formats/compression.ts';
import { DecompressionError } from '../../src/archive-formats/decoder.ts';
import { WindowTooLarge } from '../../src/archive-formats/zstd.ts';
import { readFrameHeader } from '../../src/archive-formats/zstd-frame.ts';
import { DEFAULT_LIMITS } from '../../src/limits.ts';

async function unpack(stored: Uint8Array, cut = stored.length || 1): Promise<Buffer> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < stored.length; at += cut) yield stored.subarray(at, at + cut);
  }
  const parts: Uint8Array[] = [];
  for await (const part of decompress(sniffCompression(stored), chunks(), { limits: DEFAULT_LIMITS })) parts.push(part);
  return Buffer.concat(parts);
}

const SKIPPABLE = Buffer.concat([Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 5, 0, 0, 0]), Buffer.from('table')]);

describe('gzip', () => {
  it('reads all members', async () => {
    expect((await unpack(Buffer.concat([gzipSync('one '), gzipSync('two')]))).toString()).toBe('one two');
  });

  it.each([
    ['a cut stream', gzipSync('x'.repeat(999)).subarray(0, 20)],
    ['a wrong checksum', flipped(gzipSync('x'.repeat(999)), -6)],
    ['bytes that are no member', Buffer.concat([gzipSync('x'), Buffer.from('JUNKJUNK'.repeat(100))])],
  ])('refuses %s', async (_name, stored) => {
    await expect(unpack(stored)).rejects.toBeInstanceOf(DecompressionError);
  });
});

describe('zstd', () => {
  it('reads all frames and passes over skippable ones', async () => {
    const stored = Buffer.concat([SKIPPABLE, zstdCompressSync('one '), SKIPPABLE, zstdCompressSync('two'), SKIPPABLE]);
    expect((await unpack(stored)).toString()).toBe('one two');
  });

  it.each([
    ['a cut frame', zstdCompressSync('x'.repeat(999)).subarray(0, 12)],
    ['junk behind a frame', Buffer.concat([zstdCompressSync('x'), Buffer.from('JUNKJUNK')])],
    ['a cut skippable frame', SKIPPABLE.subarray(0, 10)],
  ])('refuses %s', async (_name, stored) => {
    await expect(unpack(stored)).rejects.toBeInstanceOf(DecompressionError);
  });

  it('refuses a window above the limit before it asks for memory', async () => {
    // descriptor 0: no single segment, no sizes; window byte 0xa8: 2 GiB
    const stored = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa8, 1, 0, 0]);
    await expect(unpack(stored)).rejects.toBeInstanceOf(WindowTooLarge);
  });

  it('reads the sizes a frame header states', () => {
    expect(readFrameHeader(zstdCompressSync('x'.repeat(300)))).toMatchObject({
      skippable: false,
      contentSize: 300,
      windowSize: 300,
    });
  });
});

describe('properties', () => {
  const parts = fc.array(fc.uint8Array({ maxLength: 400 }), { minLength: 1, maxLength: 4 });

  it.each([
    ['gzip', gzipSync],
    ['zstd', zstdCompressSync],
  ])('%s: any members, cut anywhere, give their bytes', async (_name, pack) => {
    await fc.assert(
      fc.asyncProperty(parts, fc.integer({ min: 1, max: 200 }), async (members, cut) => {
        const stored = Buffer.concat(members.map((member) => pack(member)));
        expect(await unpack(stored, cut)).toEqual(Buffer.concat(members));
      }),
      { numRuns: 40 },
    );
  });

  it('damaged streams end with an error or with bytes, never otherwise', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(gzipSync, zstdCompressSync), fc.nat(), fc.nat(255), async (pack, at, value) => {
        const stored = Buffer.concat([pack('some text that is packed'), SKIPPABLE.subarray(0, 0)]);
        stored[at % stored.length] = value;
        try {
          await unpack(stored);
        } catch (error) {
          expect(error instanceof DecompressionError || error instanceof WindowTooLarge).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });
});

function flipped(bytes: Buffer, at: number): Buffer {
  const index = bytes.length + at;
  bytes[index] = (bytes[index] ?? 0) ^ 0xff;
  return bytes;
}
