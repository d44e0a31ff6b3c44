import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { schemeById } from '../../src/versions/ecosystem.ts';
import { SCHEMES } from '../../src/versions/registry.generated.ts';
import type { VersionScheme } from '../../src/versions/scheme.ts';
import { compareKeys } from '../../src/versions/version-key.ts';
import { readCorpus } from './read-corpus.ts';

const corpora = new URL('../corpus/versions/', import.meta.url);

test('every scheme has a corpus, and every corpus a scheme', () => {
  const names = readdirSync(corpora).map((name) => name.replace('.txt', ''));
  expect(names.sort()).toEqual(SCHEMES.map(({ id }) => id).sort());
});

describe.each(SCHEMES.map((scheme) => [scheme.id, scheme] as const))('%s', (id, scheme) => {
  const facts = readCorpus(new URL(`${id}.txt`, corpora));
  const corpus = [...new Set(facts.flatMap(({ left, right }) => [left, right]))];

  test('orders its corpus, both ways round', () => {
    const wrong = facts.filter(
      ({ left, order, right }) => scheme.compare(left, right) !== order || scheme.compare(right, left) !== flip(order),
    );
    expect(wrong).toEqual([]);
  });

  test('names its definition', () => {
    expect(scheme.specification).toMatch(/^https:\/\//);
  });

  test('says that the empty text is no version', () => {
    expect([scheme.compare('', '1.0'), scheme.compare('1.0', '')]).toEqual([undefined, undefined]);
  });

  test('is antisymmetric', () => {
    fc.assert(
      fc.property(version(corpus), version(corpus), (a, b) => {
        const order = scheme.compare(a, b);
        expect(scheme.compare(b, a)).toBe(order === undefined ? undefined : flip(order));
      }),
    );
  });

  test('takes hostile text in linear time and answers or declines', () => {
    for (const unit of ['1.', '-', 'a1', '~', '^', '.-', '1a-', '9', '_p1', '+', '0.']) {
      const long = `1${unit.repeat(20_000)}`;
      expect([undefined, 0]).toContain(scheme.compare(long, long));
      scheme.encode?.(long);
    }
  });
});

test.each(SCHEMES.filter(({ encode }) => encode !== undefined).map((scheme) => [scheme.id, scheme] as const))(
  'keys of %s order as its versions do',
  (id, scheme) => {
    const facts = readCorpus(new URL(`${id}.txt`, corpora));
    const texts = version(facts.flatMap(({ left, right }) => [left, right]));
    fc.assert(
      fc.property(texts, texts, (a, b) => keysAgree(scheme, a, b)),
      { numRuns: 2000 },
    );
    for (const { left, right } of facts) keysAgree(scheme, left, right);
  },
);

/**
 * Not pacman (a missing release equals all), generic (declines most), composer (PHP's order of texts Composer refuses
 * has `1.2.3.#` equal to both 1.2.3 and 1.2.3.1) and maven (Maven's own order has circles: 1.sp.1 < 1-alpha < 1 < 1.sp.1).
 */
const NOT_TRANSITIVE: ReadonlySet<string> = new Set(['pacman', 'generic', 'composer', 'maven']);

test.each(SCHEMES.filter(({ id }) => !NOT_TRANSITIVE.has(id)).map((scheme) => [scheme.id, scheme] as const))(
  'the order of %s is transitive',
  (id, scheme) => {
    const texts = version(readCorpus(new URL(`${id}.txt`, corpora)).flatMap(({ left, right }) => [left, right]));
    fc.assert(
      fc.property(texts, texts, texts, (a, b, c) => transitive(scheme, a, b, c)),
      { numRuns: 2000 },
    );
  },
);

function transitive(scheme: VersionScheme, a: string, b: string, c: string): void {
  const [ab, bc, ac] = [scheme.compare(a, b), scheme.compare(b, c), scheme.compare(a, c)];
  if (ab === undefined || bc === undefined || ac === undefined || ab * bc < 0) return;
  expect(ac).toBe(ab === 0 ? bc : ab);
}

test('Maven versions of the usual shapes are ordered transitively', () => {
  const part = fc.nat({ max: 3 });
  const suffix = fc.constantFrom(
    '',
    '-alpha',
    '-beta-2',
    '-rc1',
    '-SNAPSHOT',
    '.Final',
    '.RELEASE',
    '-jre',
    '-1',
    '.1',
    '-sp1',
  );
  const usual = fc.tuple(part, part, suffix).map(([a, b, s]) => `${a}.${b}${s}`);
  fc.assert(fc.property(usual, usual, usual, (a, b, c) => transitive(schemeById('maven'), a, b, c)));
});

test('versions that Composer accepts are ordered transitively', () => {
  const scheme = schemeById('composer');
  const part = fc.nat({ max: 3 });
  const stability = fc.constantFrom('', '-dev', '-alpha1', '-beta', '-beta2', '-RC1', '-p1', '.x-dev', 'a', 'b2');
  const accepted = fc
    .tuple(part, part, fc.option(part), stability)
    .map(([a, b, c, s]) => `${a}.${b}${c === null ? '' : `.${c}`}${s}`);
  fc.assert(fc.property(accepted, accepted, accepted, (a, b, c) => transitive(scheme, a, b, c)));
});

/** Versions of the corpus and texts mixed from their pieces: near misses are where orders break. */
function version(corpus: readonly string[]): fc.Arbitrary<string> {
  const pieces = [...new Set(corpus.flatMap((text) => text.match(/\d+|[a-zA-Z]+|[^\da-zA-Z]/g) ?? []))];
  const mixed = fc
    .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 8 })
    .map((parts) => `1${parts.join('')}`);
  return fc.oneof(fc.constantFrom(...corpus), mixed);
}

function keysAgree(scheme: VersionScheme, a: string, b: string): void {
  const keyA = scheme.encode?.(a);
  const keyB = scheme.encode?.(b);
  if (keyA === undefined || keyB === undefined) return;
  expect([a, b, Math.sign(compareKeys(keyA, keyB))]).toEqual([a, b, scheme.compare(a, b)]);
}

function flip(order: -1 | 0 | 1): number {
  return order === 0 ? 0 : -order;
}
