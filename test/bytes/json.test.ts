import { expect, it } from 'vitest';
import { parseJson } from '../../src/bytes/json.ts';

it.each([
  ['lists', '[],'],
  ['numbers', '0,'],
])('parses no document of more %s than are kept in memory', (_, item) => {
  expect(parseJson(`[${item.repeat(3_000_001)}0]`, 4)).toBeUndefined();
});

it('parses more where what this program wrote itself is read', () => {
  expect(parseJson(`[${'0,'.repeat(3_000_001)}0]`, 4, Number.POSITIVE_INFINITY)).toHaveLength(3_000_002);
});

it('counts no commas in texts', () => {
  const text = ','.repeat(3_000_001);
  expect(parseJson(JSON.stringify([text]), 4)).toEqual([text]);
});

it('parses no document of more names than are kept in memory, and counts a name once', () => {
  const fields = (count: number, name: (index: number) => string): string =>
    `[${Array.from({ length: count }, (_, index) => `{"${name(index)}":"value"}`).join(',')}]`;
  expect(parseJson(fields(450_000, String), 4)).toBeUndefined();
  expect(
    parseJson(
      fields(450_000, () => 'name'),
      4,
    ),
  ).toHaveLength(450_000);
});
