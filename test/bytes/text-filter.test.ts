import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashText, mayHold, textFilter } from '../../src/bytes/text-filter.ts';

const filterOf = (texts: readonly string[]) => textFilter(new Set(texts.map((text) => hashText(text))));

describe('a filter of texts', () => {
  it('finds whatever was put in', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (texts) => {
        const filter = filterOf(texts);
        return texts.every((text) => mayHold(filter, text));
      }),
    );
  });

  it('finds next to nothing else', () => {
    const filter = filterOf(Array.from({ length: 10_000 }, (_, index) => `in ${index}`));
    const found = Array.from({ length: 10_000 }, (_, index) => `out ${index}`).filter((text) => mayHold(filter, text));
    expect(found.length).toBeLessThan(10);
  });

  it('holds nothing where nothing was put in', () =>
    expect([textFilter(new Set()), mayHold('', '')]).toEqual(['', false]));

  it('hashes a text in pieces as in one', () =>
    expect(hashText('net/http.Get')).toBe(hashText('.Get', hashText('net/http'))));
});
