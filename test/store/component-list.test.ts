import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeComponents, encodeComponents } from '../../src/store/component-list.ts';

describe('lists of components', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 40 })), (numbers) => {
        const sorted = numbers.toSorted((left, right) => left - right);
        expect(decodeComponents(encodeComponents(sorted))).toEqual(sorted);
      }),
    );
  });

  it('any bytes are read without an error', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(decodeComponents(bytes).length).toBeLessThanOrEqual(bytes.length);
      }),
    );
  });
});
