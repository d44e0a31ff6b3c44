import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BoundsError, Cursor } from '../../src/bytes/cursor.ts';

const BYTES = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 0, 0xff);

describe('Cursor', () => {
  it('reads big endian numbers in order', () => {
    const cursor = new Cursor(BYTES, 'big');
    expect([cursor.u8(), cursor.u16(), cursor.u32(), cursor.position, cursor.remaining]).toEqual([
      1, 0x0203, 0x04050607, 7, 3,
    ]);
  });

  it('reads little endian numbers in order', () => {
    const cursor = new Cursor(BYTES, 'little');
    expect([cursor.u16(), cursor.u32(), cursor.seek(6).i32()]).toEqual([0x0201, 0x06050403, -16775161]);
  });

  it('reads 64 bits that are a safe integer', () => {
    expect(new Cursor(Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 2), 'big').u64()).toBe(0x1_0000_0002);
  });

  it('refuses 64 bits above 2^53 and stays in place', () => {
    const cursor = new Cursor(BYTES, 'big');
    expect(() => cursor.u64()).toThrow(BoundsError);
    expect(cursor.position).toBe(0);
  });

  it('reads LEB128 and refuses one that never ends', () => {
    expect(new Cursor(Uint8Array.of(0xe5, 0x8e, 0x26), 'little').leb128()).toBe(624485);
    const endless = new Cursor(new Uint8Array(20).fill(0x80), 'little');
    expect(() => endless.leb128()).toThrow(BoundsError);
    expect(endless.position).toBe(0);
  });

  it('reads up to a NUL within the limit', () => {
    const cursor = new Cursor(BYTES, 'big').seek(6);
    expect([...cursor.zeroTerminated(2)]).toEqual([7, 8]);
    expect(cursor.position).toBe(9);
    expect(() => cursor.seek(0).zeroTerminated(7)).toThrow(BoundsError);
    expect(() => cursor.seek(9).zeroTerminated(7)).toThrow(BoundsError);
  });

  it('gives a view of an offset array, not of its buffer', () => {
    expect([...new Cursor(BYTES.subarray(2, 4), 'big').bytes(2)]).toEqual([3, 4]);
  });

  it('never reads outside and never moves on a failed read', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 16 }),
        fc.integer({ min: -4, max: 24 }),
        fc.double(),
        (bytes, count, odd) => {
          const cursor = new Cursor(bytes, 'little');
          for (const wanted of [count, odd]) {
            const before = cursor.position;
            // -0 asks for as much as 0.
            const fits = Number.isInteger(wanted) && wanted >= 0 && wanted <= bytes.length - before;
            if (fits) expect(cursor.bytes(wanted)).toEqual(bytes.subarray(before, before + wanted));
            else expect(() => cursor.bytes(wanted)).toThrow(BoundsError);
            expect(cursor.position).toBe(fits ? before + wanted : before);
          }
        },
      ),
    );
  });
});
