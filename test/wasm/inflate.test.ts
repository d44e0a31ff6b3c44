import { constants, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { inflateSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { createInflater } from '../../src/wasm/inflate.ts';

const kernel = createInflater(64 << 20);

/** The kernel and its reference in TypeScript: the same cases hold for both. */
const decoders = {
  kernel: kernel.inflate,
  reference: (packed: Uint8Array, size: number): Uint8Array => inflateSync(packed, { out: new Uint8Array(size) }),
};

function text(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined ? undefined : Buffer.from(bytes).toString('latin1');
}

/** Bytes that look like what lies in archives: runs, words and noise. */
const content = fc.array(
  fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc.tuple(fc.string({ maxLength: 20 }), fc.nat(400)).map(([word, count]) => Buffer.from(word.repeat(count))),
  ),
  { maxLength: 12 },
);

describe.each(Object.entries(decoders))('inflate: %s', (_name, inflate) => {
  it('decodes a dynamic block', () => {
    const plain = Buffer.from('the quick brown fox jumps over the lazy dog. '.repeat(500));
    expect(text(inflate(deflateRawSync(plain), plain.length))).toBe(plain.toString('latin1'));
  });

  it('decodes a fixed block', () => {
    const packed = deflateRawSync('hello hello hello', { strategy: constants.Z_FIXED });
    expect(text(inflate(packed, 17))).toBe('hello hello hello');
  });

  it('decodes a stored block', () =>
    expect(text(inflate(deflateRawSync('as it is', { level: 0 }), 8))).toBe('as it is'));

  it('decodes nothing', () => expect(text(inflate(deflateRawSync(''), 0))).toBe(''));

  it('decodes far matches', () => {
    const far = Buffer.concat([
      Buffer.from('anchor'),
      Buffer.alloc(32_000, 1),
      Buffer.from('anchor'),
      Buffer.alloc(300, 2),
    ]);
    expect(text(inflate(deflateRawSync(far, { level: 9 }), far.length))).toBe(far.toString('latin1'));
  });

  it('gives back what any level packed', () => {
    fc.assert(
      fc.property(content, fc.integer({ min: 0, max: 9 }), (parts, level) => {
        const plain = Buffer.concat(parts);
        const back = inflate(deflateRawSync(plain, { level }), plain.length);
        return back !== undefined && Buffer.compare(plain, back) === 0;
      }),
      { numRuns: 300 },
    );
  });
});

describe('inflate: damage', () => {
  it.each([0, 1, 5, 30])('refuses data cut after %i bytes', (length) => {
    const packed = deflateRawSync(Buffer.from('cut me '.repeat(2000)));
    expect(kernel.inflate(packed.subarray(0, length), 14_000)).toBeUndefined();
  });

  it('refuses more and fewer bytes than stated', () => {
    const packed = deflateRawSync(Buffer.alloc(1000, 7));
    expect([kernel.inflate(packed, 999), kernel.inflate(packed, 1001)]).toEqual([undefined, undefined]);
  });

  it('refuses reserved block types', () => expect(kernel.inflate(Uint8Array.of(0b111), 10)).toBeUndefined());

  it('refuses a match before the begin of the output', () =>
    // A fixed block whose first symbol is a match: length 3, distance 1.
    expect(kernel.inflate(Uint8Array.of(0b0000_0011, 0b0000_0010, 0), 3)).toBeUndefined());

  it('survives any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(5000), (packed, size) => {
        const plain = kernel.inflate(packed, size);
        return plain === undefined || plain.length === size;
      }),
      { numRuns: 2000 },
    );
  });

  it('ends with the right bytes or none where real data was changed', () => {
    const plain = Buffer.from('damage me, please. '.repeat(300) + Math.PI);
    const packed = deflateRawSync(plain);
    fc.assert(
      fc.property(fc.nat(packed.length - 1), fc.nat(255), (at, byte) => {
        const damaged = Uint8Array.from(packed);
        damaged[at] = byte;
        const back = kernel.inflate(damaged, plain.length);
        return back === undefined || back.length === plain.length;
      }),
      { numRuns: 2000 },
    );
  });
});
