import { constants, gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decompress, sniffCompression } from '../../src/archive-formats/compression.ts';
import { DecompressionError } from '../../src/archive-formats/decoder.ts';
import { WindowTooLarge } from '../../src/archive-formats/zstd.ts';
import { readFrameHeader } from '../../src/archive-formats/zstd-frame.ts';
import { DEFAULT_LIMITS } from '../../src/limits.ts';
import { type BlockCodes, codeLengths, gzipWithCodes } from '../support/deflate-builder.ts';
import { gzipWithAllFields } from '../support/gzip-fields.ts';

interface Way {
  readonly cut?: number;
  readonly here?: boolean;
}

async function unpack(stored: Uint8Array, { cut = stored.length || 1, here = false }: Way = {}): Promise<Buffer> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < stored.length; at += cut) yield stored.subarray(at, at + cut);
  }
  const parts: Uint8Array[] = [];
  for await (const part of decompress(sniffCompression(stored), chunks(), { limits: DEFAULT_LIMITS, here }))
    parts.push(Uint8Array.from(part));
  return Buffer.concat(parts);
}

const SKIPPABLE = Buffer.concat([Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 5, 0, 0, 0]), Buffer.from('table')]);

/** Bytes of all kinds: noise, runs, words, and matches from as far away as they may come. */
function mixed(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = 7;
  for (let at = 0; at < length; ) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    const run = 1 + (state % 4000);
    if (state % 3 === 0) bytes.fill(state & 0xff, at, at + run);
    else if (state % 3 === 1 && at > 32_768) bytes.copy(bytes, at, at - 32_768, at - 32_768 + run);
    else for (let next = at; next < Math.min(at + run, length); next += 1) bytes[next] = (next * state) >>> 9;
    at += run;
  }
  return bytes;
}

const SOUND: BlockCodes = { literals: codeLengths(257, { 0: 1, 256: 1 }), distances: [1, 1] };

/** Node's decoder in the thread pool and our own: the same cases hold for both. */
describe.each([
  ['in the thread pool', false],
  ['here', true],
])('gzip decoded %s', (_place, here) => {
  it('reads all members', async () => {
    expect((await unpack(Buffer.concat([gzipSync('one '), gzipSync('two')]), { here })).toString()).toBe('one two');
  });

  it('passes over zeros behind the last member', async () => {
    expect((await unpack(Buffer.concat([gzipSync('one'), Buffer.alloc(700)]), { here, cut: 11 })).toString()).toBe(
      'one',
    );
  });

  it('passes over whatever comes behind such zeros, wherever it is cut', async () => {
    const member = gzipSync('one');
    const stored = Buffer.concat([member, Buffer.alloc(2), Buffer.from('JUNK'.repeat(50))]);
    for (const cut of [1, 7, member.length, member.length + 1, member.length + 2, stored.length])
      expect((await unpack(stored, { here, cut })).toString()).toBe('one');
  });

  it('passes over all header fields, wherever they are cut', async () => {
    const stored = gzipWithAllFields('hello', 'name'.repeat(300));
    expect((await unpack(stored, { here, cut: 7 })).toString()).toBe('hello');
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a member of every kind of block', mixed(1_500_000)],
  ])('gives back %s', async (_name, plain) => {
    for (const options of [{ level: 0 }, { level: 1 }, { level: 9 }, { strategy: constants.Z_FIXED }])
      expect((await unpack(gzipSync(plain, options), { here, cut: 200_000 })).equals(plain)).toBe(true);
  });

  it.each([
    ['a cut stream', gzipSync('x'.repeat(999)).subarray(0, 20)],
    ['a stream cut in its trailer', gzipSync('x'.repeat(999)).subarray(0, -3)],
    ['a cut header', gzipSync('x').subarray(0, 6)],
    ['a wrong checksum', flipped(gzipSync('x'.repeat(999)), -6)],
    ['a header with a wrong checksum', flipped(Buffer.from(gzipWithAllFields('x', 'name')), -20)],
    ['a wrong size', flipped(gzipSync('x'.repeat(999)), -1)],
    ['a reserved block type', Buffer.concat([gzipSync('').subarray(0, 10), Buffer.from([7, 0, 0, 0])])],
    ['bytes that are no member', Buffer.concat([gzipSync('x'), Buffer.from('JUNKJUNK'.repeat(100))])],
    ['a first byte of a member', Buffer.concat([gzipSync('x'), Buffer.from([0x1f])])],
  ])('refuses %s', async (_name, stored) => {
    await expect(unpack(stored, { here })).rejects.toEqual(
      new DecompressionError('the gzip data is damaged or cut off'),
    );
  });
});

describe.each([
  ['in the thread pool', false],
  ['here', true],
])('gzip decoded %s, a block', (_place, here) => {
  it.each<[string, Partial<BlockCodes>]>([
    ['codes without a gap', {}],
    ['a single distance code', { distances: [1] }],
    ['no distance code', { distances: [0] }],
    ['no code but its end', { literals: codeLengths(257, { 256: 1 }) }],
    ['all codes there are', { literals: codeLengths(286, { 0: 1, 256: 1 }), distances: codeLengths(30, { 0: 1 }) }],
  ])('may have %s', async (_name, codes) => {
    expect(await unpack(gzipWithCodes({ ...SOUND, ...codes }), { here })).toEqual(Buffer.alloc(0));
  });

  it.each<[string, Partial<BlockCodes>]>([
    ['a gap among its literals', { literals: codeLengths(257, { 0: 1, 256: 2 }) }],
    ['no code but its end, of two bits', { literals: codeLengths(257, { 256: 2 }) }],
    ['a gap among its distances', { distances: [2, 2, 2] }],
    ['a gap among the codes of code lengths', { lengthBits: 5 }],
    ['more codes than fit', { literals: codeLengths(257, { 0: 1, 1: 1, 256: 1 }) }],
    ['287 literals and lengths', { literals: codeLengths(287, { 0: 1, 256: 1 }) }],
    ['31 distances', { distances: codeLengths(31, { 0: 1, 1: 1 }) }],
    ['no end', { literals: codeLengths(257, { 0: 1, 1: 1 }) }],
  ])('must not have %s', async (_name, codes) => {
    await expect(unpack(gzipWithCodes({ ...SOUND, ...codes }), { here })).rejects.toBeInstanceOf(DecompressionError);
  });
});

describe('gzip decoded here', () => {
  it('refuses a header field without end', async () => {
    const head = Buffer.from(gzipSync('x').subarray(0, 10));
    head[3] = 8;
    const stored = Buffer.concat([head, Buffer.alloc(1 << 20, 'n')]);
    await expect(unpack(stored, { here: true })).rejects.toBeInstanceOf(DecompressionError);
  });

  it('several streams at once do not disturb each other', async () => {
    const plain = [mixed(900_000), mixed(700_000).reverse()];
    const unpacked = await Promise.all(plain.map((bytes) => unpack(gzipSync(bytes), { here: true, cut: 5000 })));
    expect(unpacked.map((bytes, index) => plain[index]?.equals(bytes))).toEqual([true, true]);
  });
});

describe('zstd', () => {
  it('reads all frames and passes over skippable ones', async () => {
    const stored = Buffer.concat([SKIPPABLE, zstdCompressSync('one '), SKIPPABLE, zstdCompressSync('two'), SKIPPABLE]);
    expect((await unpack(stored)).toString()).toBe('one two');
  });

  it.each([
    ['a cut frame', zstdCompressSync('x'.repeat(999)).subarray(0, 12)],
    [
      'frames that hold nothing, without end',
      Buffer.alloc(8 * 50_001, Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 0, 0, 0, 0])),
    ],
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

const WAYS = [
  { pack: gzipSync, here: false },
  { pack: gzipSync, here: true },
  { pack: zstdCompressSync, here: false },
];

describe('properties', () => {
  const parts = fc.array(fc.uint8Array({ maxLength: 400 }), { minLength: 1, maxLength: 4 });

  it.each([
    ['gzip', gzipSync, false],
    ['gzip, decoded here', gzipSync, true],
    ['zstd', zstdCompressSync, false],
  ])('%s: any members, cut anywhere, give their bytes', async (_name, pack, here) => {
    await fc.assert(
      fc.asyncProperty(parts, fc.integer({ min: 1, max: 200 }), async (members, cut) => {
        const stored = Buffer.concat(members.map((member) => pack(member)));
        expect(await unpack(stored, { cut, here })).toEqual(Buffer.concat(members));
      }),
      { numRuns: 40 },
    );
  });

  it('damaged streams end with an error or with bytes, never otherwise', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...WAYS), fc.nat(), fc.nat(255), async ({ pack, here }, at, value) => {
        const stored = Buffer.concat([pack('some text that is packed'), SKIPPABLE.subarray(0, 0)]);
        stored[at % stored.length] = value;
        try {
          await unpack(stored, { here });
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
