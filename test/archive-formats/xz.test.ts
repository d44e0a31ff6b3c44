import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DecompressionError, UnsupportedDataError } from '../../src/archive-formats/decoder.ts';
import { unxz } from '../../src/archive-formats/xz.ts';
import { createLzmaDecoder } from '../../src/wasm/lzma.ts';
import { RECORDED, recordedText } from '../support/recorded-lzma.ts';
import { type CheckName, xzStream } from '../support/xz-builder.ts';

const decoder = createLzmaDecoder();
const LIMIT = 1 << 20;
const PADDING = Buffer.alloc(8);
const DEFAULT = Buffer.from(RECORDED.default, 'base64');
const OTHER = Buffer.from(RECORDED.otherCoders, 'base64');

function unpacked(file: Uint8Array, limit = LIMIT): string {
  const budget = { take: () => undefined };
  return Buffer.from(unxz(file, { limit, budget, decoder })).toString();
}

function outcome(file: Uint8Array): string {
  try {
    return unpacked(file);
  } catch (error) {
    if (error instanceof DecompressionError || error instanceof UnsupportedDataError) return error.name;
    if (error instanceof RangeError) return 'too large';
    throw error;
  }
}

describe('unxz', () => {
  it('unpacks what xz packed', () => expect(unpacked(DEFAULT)).toBe(recordedText()));
  it('unpacks blocks with other coder properties', () => expect(unpacked(OTHER)).toBe(recordedText()));
  it('unpacks a file without blocks', () => expect(unpacked(xzStream([]))).toBe(''));
  it('unpacks blocks that state their sizes', () =>
    expect(unpacked(xzStream(['one ', 'two'], { sizesInHeader: true }))).toBe('one two'));
  it('unpacks all streams and passes over padding', () => {
    const file = [xzStream(['one ']), PADDING, xzStream(['two ', 'three'], { check: 'crc32' }), xzStream([]), PADDING];
    expect(unpacked(Buffer.concat(file))).toBe('one two three');
  });
  it('passes over a check it does not know', () => expect(unpacked(xzStream(['hello'], { check: 2 }))).toBe('hello'));

  it.each<CheckName>(['none', 'crc32', 'crc64', 'sha256'])('knows the check %s', (check) =>
    expect(unpacked(xzStream(['hello'], { check }))).toBe('hello'),
  );
  it.each<CheckName>(['crc32', 'crc64', 'sha256'])('refuses content with another %s', (check) => {
    const file = xzStream(['hello'], { check });
    file[file.indexOf('hello')] = 0x6a;
    expect(() => unpacked(file)).toThrow('an xz block has a wrong checksum');
  });
});

describe('unxz: limits', () => {
  it('refuses more than the limit by the index, before anything is decoded or charged', () => {
    const taken: number[] = [];
    const budget = { take: (bytes: number) => void taken.push(bytes) };
    const broken = xzStream(['x'.repeat(100)], { statedSize: 2 ** 40 });
    expect(() => unxz(broken, { limit: LIMIT, budget, decoder })).toThrow(RangeError);
    expect(taken).toEqual([]);
  });

  it('charges the budget before it decodes', () => {
    const budget = {
      take(bytes: number) {
        throw new Error(`${bytes} bytes taken`);
      },
    };
    const damaged = xzStream(['hello']);
    damaged[24] = 3;
    expect(() => unxz(damaged, { limit: LIMIT, budget, decoder })).toThrow('5 bytes taken');
  });

  it.each([
    ['blocks', xzStream(Array.from({ length: 65_537 }, () => ''))],
    ['streams', Buffer.alloc(65_537 * xzStream([]).length, xzStream([]))],
  ])('refuses more %s than anybody writes', (_name, file) =>
    expect(() => unpacked(file)).toThrow(new UnsupportedDataError('xz data has more than 65536 blocks')),
  );

  it('refuses data that is more or less than the index states', () =>
    expect([4, 6].map((statedSize) => outcome(xzStream(['hello'], { statedSize })))).toEqual([
      'DecompressionError',
      'DecompressionError',
    ]));
});

describe('unxz: filters', () => {
  it.each([
    ['x86', Uint8Array.of(0x04, 0), 'xz data has the filter x86'],
    ['delta', Uint8Array.of(0x03, 1, 0), 'xz data has the filter delta'],
    ['an unknown one', Uint8Array.of(0x7f, 0), 'xz data has the filter 0x7f'],
  ])('names %s', (_name, filter, message) => {
    const file = xzStream(['hello'], { filters: [filter, Uint8Array.of(0x21, 1, 22)] });
    expect(() => unpacked(file)).toThrow(new UnsupportedDataError(message));
  });

  it('refuses LZMA2 that is not the last', () => {
    const lzma2 = Uint8Array.of(0x21, 1, 22);
    expect(outcome(xzStream(['hello'], { filters: [lzma2, lzma2] }))).toBe('DecompressionError');
  });
});

describe('unxz: damage', () => {
  const whole = Buffer.concat([DEFAULT, PADDING, xzStream(['tail ', 'end'], { check: 'sha256' }), OTHER]);
  const content = `${recordedText()}tail end${recordedText()}`;
  const atBoundary = new Map([
    [DEFAULT.length, recordedText()],
    [DEFAULT.length + 4, recordedText()],
    [DEFAULT.length + 8, recordedText()],
    [whole.length - OTHER.length, `${recordedText()}tail end`],
  ]);

  it('refuses data cut anywhere but behind a stream', () => {
    for (let length = 0; length < whole.length; length += 1) {
      expect(outcome(whole.subarray(0, length))).toBe(atBoundary.get(length) ?? 'DecompressionError');
    }
  });

  it('gives the right bytes or none where one bit is another', () => {
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(7), (at, bit) => {
        const damaged = Buffer.from(whole);
        damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
        return [content, 'DecompressionError', 'UnsupportedDataError', 'too large'].includes(outcome(damaged));
      }),
      { numRuns: 1500 },
    );
  });

  it('gives the right bytes or none where some bytes are others', () => {
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.uint8Array({ minLength: 1, maxLength: 40 }), (at, bytes) => {
        const damaged = Buffer.from(whole);
        damaged.set(bytes.subarray(0, whole.length - at), at);
        return [content, 'DecompressionError', 'UnsupportedDataError', 'too large'].includes(outcome(damaged));
      }),
      { numRuns: 500 },
    );
  });

  it('ends on any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => outcome(bytes) === 'DecompressionError'));
  });
});
