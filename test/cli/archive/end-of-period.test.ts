import { expect, it } from 'vitest';
import { endOf } from '../../../src/cli/archive/archive-arguments.ts';

const NOW = new Date('2026-03-10T12:00:00Z');

it('counts a day without a time to its end', () => {
  expect(endOf('2026-03-01', NOW)).toBe('2026-03-02T00:00:00.000Z');
});

it('takes a time as it is, and an age before now', () => {
  expect(endOf('2026-03-01T06:00:00Z', NOW)).toBe('2026-03-01T06:00:00.000Z');
  expect(endOf('1d', NOW)).toBe('2026-03-09T12:00:00.000Z');
});
