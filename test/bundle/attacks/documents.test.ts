import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeCanonical, type Json, parseCanonical } from '../../../src/bundle/canonical-json.ts';
import { Lab, makeBundle, refusalOf } from '../../support/bundle/bundle-lab.ts';

/** A release whose payload has the given text in place of `"critical":[]`, signed as it is. */
function withText(text: string) {
  return makeBundle({
    edit: (document) => Buffer.from(new TextDecoder().decode(encodeCanonical(document)).replace('"critical":[]', text)),
  });
}

const WRITTEN = /PLM_BUNDLE_CANONICAL/;

describe('signed documents', () => {
  it('21 refuses duplicate names, of which JSON.parse would keep the last', () => {
    using lab = new Lab();
    expect(lab.refusal(withText('"critical":["x"],"critical":[]'))).toMatch(WRITTEN);
  });

  it('22 refuses names that reach into prototypes', () => {
    using lab = new Lab();
    expect(lab.refusal(withText('"__proto__":{"critical":[]},"critical":[]'))).toMatch(WRITTEN);
    expect(lab.refusal(withText('"constructor":1,"critical":[]'))).toMatch(WRITTEN);
  });

  it.each(['1.5', '1e400', '9007199254740993', '-0', '1e3', '01'])('23 refuses the number %s', (number) => {
    using lab = new Lab();
    expect(lab.refusal(withText(`"critical":[],"d":${number}`))).toMatch(WRITTEN);
  });

  it('23 refuses negative lengths and sequences', () => {
    using lab = new Lab();
    expect(lab.refusal({ edit: (document) => ({ ...document, sequence: -1 }) })).toBe('PLM_BUNDLE_FORMAT');
  });

  it.each([
    ['white space', '"critical": []'],
    ['an escape that is not needed', '"critical":[],"d":"\\u0061"'],
    ['half a surrogate pair', '"critical":[],"d":"\\ud800"'],
    ['names out of order', '"critical":[],"a":1'],
  ])('24 refuses %s', (_, text) => {
    using lab = new Lab();
    expect(lab.refusal(withText(text))).toMatch(WRITTEN);
  });

  it('24 refuses a byte order mark and invalid UTF-8', () => {
    using lab = new Lab();
    const marked = (prefix: number[]) =>
      makeBundle({ edit: (document) => Buffer.concat([Buffer.from(prefix), encodeCanonical(document)]) });
    expect(lab.refusal(marked([0xef, 0xbb, 0xbf]))).toMatch(WRITTEN);
    expect(lab.refusal(marked([0xff]))).toMatch(WRITTEN);
  });

  it('25 refuses a document nested a hundred thousand deep', () => {
    using lab = new Lab();
    expect(lab.refusal(withText(`"critical":${'['.repeat(100_000)}${']'.repeat(100_000)}`))).toMatch(WRITTEN);
  });

  it('26 refuses a critical feature it does not know, and a reader version above its own', () => {
    using lab = new Lab();
    expect(lab.refusal({ change: { critical: ['quantum-index'] } })).toBe('PLM_BUNDLE_CRITICAL');
    expect(lab.refusal({ change: { minimumReader: 2 } })).toBe('PLM_BUNDLE_READER');
  });

  it('accepts exactly the canonical form of any document', () => {
    const json = fc.letrec<{ readonly value: Json }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constant(null),
        fc.boolean(),
        fc.maxSafeInteger().map((number) => (Object.is(number, -0) ? 0 : number)),
        fc.string({ unit: 'grapheme' }).filter((text) => text.isWellFormed()),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), tie('value'), { maxKeys: 4, noNullPrototype: true }),
      ),
    })).value;
    fc.assert(
      fc.property(json, (value) => {
        const bytes = encodeCanonical(value);
        expect(parseCanonical(bytes, 'a value')).toEqual(value);
        expect(refusalOf(() => parseCanonical(Buffer.concat([bytes, Buffer.from(' ')]), 'a value'))).toMatch(WRITTEN);
      }),
    );
  });

  it('refuses any bytes with a code, never with another error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(refusalOf(() => parseCanonical(bytes, 'bytes'))).toMatch(/PLM_BUNDLE_CANONICAL|accepted/);
      }),
    );
  });
});
