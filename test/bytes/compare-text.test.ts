import { expect, it } from 'vitest';
import { compareText } from '../../src/bytes/compare-text.ts';

it('orders by code unit, not by locale', () => {
  expect(['ä', 'a', 'Z', 'b', 'a', ''].sort(compareText)).toEqual(['', 'Z', 'a', 'a', 'b', 'ä']);
});
