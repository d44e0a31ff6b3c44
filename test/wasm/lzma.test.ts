import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLzmaDecoder } from '../../src/wasm/lzma.ts';
import { RECORDED, recordedText } from '../support/recorded-lzma.ts';
import { crc64, storedLzma2 } from '../support/xz-builder.ts';

const decoder = createLzmaDecoder();
/** LZMA2 data of the recorded file: between two headers of 12 bytes and check, index and footer of 32. */
const PACKED = Buffer.from(RECORDED.default, 'base64').subarray(24, -32);
/** Behind a header of 13 bytes. */
const ALONE = Buffer.from(RECORDED.alone, 'base64').subarray(13);
const PROPERTIES = 0x5d;
const TEXT = Buffer.from(recordedText());

function unpack(packed: Uint8Array, size: number): string | undefined {
  decoder.reserve(packed.length, size);
  const plain = decoder.lzma2(packed, { start: 0, size });
  return plain === undefined ? undefined : Buffer.from(plain).toString('latin1');
}

function unpackAlone(packed: Uint8Array, room: number, properties = PROPERTIES): string | undefined {
  decoder.reserve(packed.length, room);
  const plain = decoder.lzma(packed, properties);
  return typeof plain === 'object' ? Buffer.from(plain).toString('latin1') : plain;
}

describe('lzma2', () => {
  it('decodes all kinds of symbols', () => expect(unpack(PACKED, TEXT.length)).toBe(TEXT.toString()));
  it('decodes nothing', () => expect(unpack(Uint8Array.of(0), 0)).toBe(''));

  it('decodes stored chunks', () => {
    const plain = Buffer.alloc(200_000, 'as it is ');
    expect(unpack(storedLzma2(plain), plain.length)).toBe(plain.toString());
  });

  it('decodes pieces into one run of bytes', () => {
    const stored = storedLzma2(Buffer.from('stored '));
    decoder.reserve(PACKED.length, 7 + TEXT.length);
    decoder.lzma2(stored, { start: 0, size: 7 });
    decoder.lzma2(PACKED, { start: 7, size: TEXT.length });
    expect(Buffer.from(decoder.plain()).toString()).toBe(`stored ${TEXT}`);
  });

  it.each([
    ['more bytes than stated', PACKED, TEXT.length - 1],
    ['fewer bytes than stated', PACKED, TEXT.length + 1],
    ['no end', PACKED.subarray(0, -1), TEXT.length],
    ['bytes behind the end', Buffer.concat([PACKED, Buffer.alloc(1)]), TEXT.length],
    ['no bytes', Buffer.alloc(0), 0],
    ['a chunk that goes on with a dictionary which is not there', Uint8Array.of(2, 0, 0, 7, 0), 1],
    [
      'a chunk that goes on with properties which are not there',
      Buffer.from('010000070080000000050000000000', 'hex'),
      2,
    ],
    ['a reserved control byte', Uint8Array.of(3, 0, 0, 7, 0), 1],
    ['more literal coders than LZMA2 has', withByte(PACKED, 5, 8 + 9 * 4), TEXT.length],
    ['impossible properties', withByte(PACKED, 5, 225), TEXT.length],
    ['a range coder that does not begin with zero', withByte(PACKED, 6, 1), TEXT.length],
  ])('refuses %s', (_name, packed, size) => expect(unpack(packed, size)).toBeUndefined());

  it('refuses a match before the begin of the output', () =>
    // One chunk of two bytes whose first symbol is a match: all ones.
    expect(unpack(Buffer.from('e00001000a5d00fffffffffffffffffffffffff00000', 'hex'), 2)).toBeUndefined());

  it('survives any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(70_000), (packed, size) => {
        const plain = unpack(packed, size);
        return plain === undefined || plain.length === size;
      }),
      { numRuns: 1000 },
    );
  });

  it('ends where recorded data was changed', () => {
    fc.assert(
      fc.property(fc.nat(PACKED.length - 1), fc.nat(255), (at, byte) => {
        const plain = unpack(withByte(PACKED, at, byte), TEXT.length);
        return plain === undefined || plain.length === TEXT.length;
      }),
      { numRuns: 1000 },
    );
  });

  it('takes only what was reserved', () => {
    decoder.reserve(10, 10);
    expect(() => decoder.lzma2(new Uint8Array(1000), { start: 0, size: 10 })).toThrow('not reserved');
    expect(() => decoder.lzma2(new Uint8Array(10), { start: 1, size: 10 })).toThrow('not reserved');
  });

  it('reserves no more than linear memory holds', () => expect(() => decoder.reserve(10, 2 ** 31)).toThrow(RangeError));
});

describe('lzma', () => {
  it('ends at the end marker', () => expect(unpackAlone(ALONE, TEXT.length + 100)).toBe(TEXT.toString()));
  it('ends where the room is filled', () => expect(unpackAlone(ALONE, TEXT.length)).toBe(TEXT.toString()));
  it('says where a match is longer than the room', () => expect(unpackAlone(ALONE, TEXT.length - 1)).toBe('full'));
  it.each([0, 4, 5, 100, ALONE.length - 8])('refuses data cut after %i bytes', (length) =>
    expect(unpackAlone(ALONE.subarray(0, length), TEXT.length + 100)).toBeUndefined(),
  );
  it('refuses impossible properties', () => expect(unpackAlone(ALONE, TEXT.length, 225)).toBeUndefined());

  it('survives any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(70_000), fc.nat(255), (packed, room, properties) => {
        const plain = unpackAlone(Buffer.concat([Buffer.alloc(1), packed]), room, properties);
        return plain === undefined || plain.length <= Math.max(room, 4);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('crc64', () => {
  const checkOf = (content: Uint8Array): bigint => {
    const range = { start: 0, size: content.length };
    decoder.reserve(content.length + 4, content.length);
    decoder.lzma2(storedLzma2(content), range);
    return decoder.crc64(range);
  };

  it('gives the check value of the catalogue of CRC algorithms', () =>
    expect(checkOf(Buffer.from('123456789'))).toBe(0x995d_c9bb_df19_39fan));
  it('agrees with the definition', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => checkOf(bytes) === crc64(bytes)));
  });
});

function withByte(bytes: Uint8Array, at: number, value: number): Uint8Array {
  const changed = Uint8Array.from(bytes);
  changed[at] = value;
  return changed;
}
