import { expect, it } from 'vitest';
import { parseJson } from '../../src/bytes/json.ts';

it.each([
  ['lists', '[],'],
  ['numbers', '0,'],
])('parses no document of more %s than are kept in memory', (_, item) => {
  expect(parseJson(`[${item.repeat(3_000_001)}0]`, 4)).toBeUndefined();
});

it('counts no commas in texts', () => {
  const text = ','.repeat(3_000_001);
  expect(parseJson(JSON.stringify([text]), 4)).toEqual([text]);
});
