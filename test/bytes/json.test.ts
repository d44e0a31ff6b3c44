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
