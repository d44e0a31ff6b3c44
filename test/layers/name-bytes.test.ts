import { describe, expect, it } from 'vitest';
import { nameOf, putName } from '../../src/layers/name-bytes.ts';

describe('bytes of names', () => {
  it.each(['', 'etc', 'é', 'añejo', '日本語.txt', 'x'.repeat(5000), `${'x'.repeat(2000)}ß`])(
    'are those of UTF-8',
    (name) => expect(Buffer.from(nameOf(name)).toString()).toBe(name),
  );

  it.each([
    ['/etc/passwd', 5, 'passwd'],
    ['/srv/über', 5, 'über'],
  ])('are put of the end of %s', (path, from, name) => {
    const bytes = Buffer.alloc(40);
    const length = putName(bytes, 3, path, from);
    expect(bytes.toString('utf8', 3, 3 + length)).toBe(name);
  });
});
