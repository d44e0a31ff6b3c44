import { expect, it } from 'vitest';
import { utcSeconds } from '../../src/report/sbom/document-time.ts';

it.each([
  ['2026-10-01T12:00:00.123+02:00', '2026-10-01T10:00:00Z'],
  ['2026-10-01', '2026-10-01T00:00:00Z'],
  ['0001-01-01T00:00:00Z', undefined],
  ['yesterday', undefined],
  [undefined, undefined],
])('%s is the time %s', (time, expected) => expect(utcSeconds(time)).toBe(expected));
