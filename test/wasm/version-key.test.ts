import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { schemeById } from '../../src/versions/ecosystem.ts';
import { createKeyWriters } from '../../src/wasm/version-key.ts';
import { readCorpus } from '../versions/read-corpus.ts';

const writers = createKeyWriters();

describe.each([...writers])('kernel keys of %s', (id, writer) => {
  const scheme = schemeById(id);
  const facts = readCorpus(new URL(`../corpus/versions/${id}.txt`, import.meta.url));
  const corpus = facts.flatMap(({ left, right }) => [left, right]);
  const pieces = [...new Set(corpus.flatMap((text) => text.match(/\d+|[a-zA-Z]+|[^\da-zA-Z]/g) ?? []))];

  test('are the bytes of the scheme on its corpus', () => {
    const different = corpus.filter((version) => {
      const key = writer.write(version);
      return key !== undefined && Buffer.compare(key, scheme.encode?.(version) ?? new Uint8Array()) !== 0;
    });
    expect(different).toEqual([]);
    const left = corpus.filter(
      (version) => writer.write(version) === undefined && scheme.encode?.(version) !== undefined,
    );
    expect(left.filter((version) => !version.startsWith('go'))).toEqual([]);
  });

  test('are the bytes of the scheme on texts mixed from its pieces', () => {
    const mixed = fc
      .array(fc.constantFrom(...pieces, '', ':', '-', '~', '0', '00'), { maxLength: 10 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(mixed, (version) => {
        const key = writer.write(version);
        if (key !== undefined)
          expect([version, Array.from(key)]).toEqual([version, Array.from(scheme.encode?.(version) ?? [])]);
      }),
      { numRuns: 3000 },
    );
  });

  test('texts too long or not ASCII are left to the scheme', () => {
    expect([writer.write('1'.repeat(5000)), writer.write('1.α'), writer.write('')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
