import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DecompressionError } from '../../src/archive-formats/decoder.ts';
import { unlzma } from '../../src/archive-formats/lzma-alone.ts';
import { createLzmaDecoder } from '../../src/wasm/lzma.ts';
import { RECORDED, RECORDED_RUN, recordedText } from '../support/recorded-lzma.ts';

const decoder = createLzmaDecoder();
const TEXT = recordedText();
const FILE = Buffer.from(RECORDED.alone, 'base64');
const RUN = Buffer.from(RECORDED_RUN, 'base64');
const LIMIT = 1 << 20;

function unpacked(file: Uint8Array, limit = LIMIT): string {
  return Buffer.from(unlzma(file, limit, decoder)).toString();
}

/** The header may state the size of the content. */
function stating(size: number): Buffer {
  const file = Buffer.from(FILE);
  file.writeBigUInt64LE(BigInt(size), 5);
  return file;
}

describe('unlzma', () => {
  it('unpacks content of unknown size', () => expect(unpacked(FILE)).toBe(TEXT));
  it('unpacks content of stated size', () => expect(unpacked(stating(TEXT.length))).toBe(TEXT));
  it('makes more room where the first was too little', () => expect(unpacked(RUN)).toBe('x'.repeat(200_000)));
  it('refuses content of unknown size above the limit', () => expect(() => unpacked(RUN, 100_000)).toThrow(RangeError));
  it('refuses a stated size above the limit', () => expect(() => unpacked(stating(2000), 1000)).toThrow(RangeError));
  it.each([TEXT.length - 1, TEXT.length + 1])('refuses content of another size than %i bytes', (size) =>
    expect(() => unpacked(stating(size))).toThrow(DecompressionError),
  );

  it('refuses data cut anywhere', () => {
    for (let length = 0; length < FILE.length - 6; length += 1) {
      expect(() => unpacked(FILE.subarray(0, length))).toThrow(DecompressionError);
    }
  });

  it('ends on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          return unpacked(Buffer.concat([FILE.subarray(0, 14), bytes])).length <= LIMIT;
        } catch (error) {
          return error instanceof DecompressionError || error instanceof RangeError;
        }
      }),
    );
  });
});
