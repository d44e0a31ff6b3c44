import { zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DecompressionError } from '../../src/archive-formats/decoder.ts';
import { unzstd } from '../../src/archive-formats/unzstd.ts';

/** A skippable frame of two bytes (RFC 8878 section 3.1.2). */
const SKIPPABLE = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9, 9]);
const text = (bytes: Uint8Array, limit = 1000): string => new TextDecoder().decode(unzstd(bytes, limit));

describe('unzstd', () => {
  it('reads all frames and passes over skippable ones', () => {
    const stored = [SKIPPABLE, zstdCompressSync('one '), SKIPPABLE, zstdCompressSync('two'), SKIPPABLE];
    expect(text(Buffer.concat(stored))).toBe('one two');
  });

  it('takes skippable frames alone for an empty file', () => expect(text(SKIPPABLE)).toBe(''));

  it.each([
    ['no bytes', Buffer.alloc(0)],
    ['a cut header', zstdCompressSync('x').subarray(0, 5)],
    ['a cut frame', zstdCompressSync('x'.repeat(999)).subarray(0, 12)],
    ['a cut skippable frame', SKIPPABLE.subarray(0, 9)],
    ['junk behind a frame', Buffer.concat([zstdCompressSync('x'), Buffer.from('JUNKJUNK')])],
  ])('refuses %s', (_name, stored) => expect(() => unzstd(stored, 1000)).toThrow(DecompressionError));

  it.each([
    ['one frame', zstdCompressSync('x'.repeat(11))],
    ['all frames together', Buffer.concat([zstdCompressSync('x'.repeat(10)), zstdCompressSync('y')])],
  ])('stops above the limit: %s', (_name, stored) => expect(() => unzstd(stored, 10)).toThrow(RangeError));

  it('gives what was packed, however it was cut into frames', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { minLength: 1, maxLength: 5 }), (parts) => {
        const stored = Buffer.concat(parts.map((part) => zstdCompressSync(part)));
        expect(Buffer.from(unzstd(stored, 1000)).equals(Buffer.concat(parts))).toBe(true);
      }),
    );
  });

  it('ends on any damage', () => {
    const whole = Buffer.concat([zstdCompressSync('one '.repeat(50)), zstdCompressSync('two')]);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, value) => {
        const damaged = Buffer.from(whole);
        damaged[at] = value;
        let outcome: unknown;
        try {
          outcome = unzstd(damaged, 1000);
        } catch (error) {
          outcome = error;
        }
        expect(outcome instanceof Uint8Array || outcome instanceof Error).toBe(true);
      }),
    );
  });
});
