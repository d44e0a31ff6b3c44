import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCrc32 } from '../../src/wasm/crc32.ts';
import { createMemory } from '../../src/wasm/load.ts';

const memory = createMemory(1 << 20);
const check = createCrc32(memory);

/** Bytes drawn from a seed, in the memory at an offset. */
function drawn(offset: number, length: number, seed: number): Uint8Array {
  const bytes = new Uint8Array(memory.buffer, offset, length);
  let state = seed | 1;
  for (let at = 0; at < length; at += 1) {
    state = Math.imul(state, 1_664_525) + 1_013_904_223;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

describe('createCrc32', () => {
  it('gives the check of the standard for its example, by zlib as it is small', () => {
    const bytes = new Uint8Array(memory.buffer, 64, 9);
    bytes.set(Buffer.from('123456789'));
    expect(check(bytes, 0)).toBe(0xcbf43926);
  });
  it('gives what zlib gives for zeros', () => {
    const bytes = new Uint8Array(memory.buffer, 0, 65_536).fill(0);
    expect(check(bytes, 0)).toBe(crc32(bytes));
  });
  it('gives what zlib gives at every length around the smallest', () => {
    const lengths = Array.from({ length: 200 }, (_, index) => 16_300 + index);
    expect(lengths.map((length) => check(drawn(3, length, length), 0))).toEqual(
      lengths.map((length) => crc32(drawn(3, length, length))),
    );
  });
  it('gives what zlib gives wherever bytes lie, and goes on from any check', () => {
    fc.assert(
      fc.property(
        fc.nat(63),
        fc.integer({ min: 0, max: 600_000 }),
        fc.nat(),
        fc.nat(0xffffffff),
        (offset, length, seed, before) => {
          const bytes = drawn(offset, length, seed);
          expect(check(bytes, before)).toBe(crc32(bytes, before));
        },
      ),
      { numRuns: 60 },
    );
  });
  it('refuses bytes of another memory', () => {
    expect(() => check(new Uint8Array(20_000), 0)).toThrow('bytes of another memory');
  });
});
