import { describe, expect, it } from 'vitest';
import { authorText } from '../../src/detect/author.ts';

describe('authorText', () => {
  it.each<readonly [string | undefined, string | undefined, string | undefined]>([
    ['Ada', 'ada@example.com', 'Ada <ada@example.com>'],
    ['Ada', undefined, 'Ada'],
    [undefined, 'Ada <ada@example.com>', 'Ada <ada@example.com>'],
    ['Ada', 'Ada <ada@example.com>', 'Ada'],
    ['Ada <ada@example.com>', 'ada@example.com', 'Ada <ada@example.com>'],
    [' Ada\n  Lovelace\u0007 ', undefined, 'Ada Lovelace'],
    ['UNKNOWN', 'UNKNOWN', undefined],
    ['x'.repeat(301), '', undefined],
    [undefined, undefined, undefined],
  ])('writes %j and %j as %j', (name, email, text) => {
    expect(authorText(name, email)).toBe(text);
  });
});
