import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { schemeById } from '../../src/versions/ecosystem.ts';
import { compareKeys } from '../../src/versions/version-key.ts';
import { readCorpus } from '../versions/read-corpus.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'shared', 'fixtures', 'versions');

/** Which scheme a corpus is about. */
const CORPORA = {
  alpine: 'apk',
  cran: 'cran',
  debian: 'dpkg',
  hackage: 'hackage',
  maven: 'maven',
  nuget: 'nuget',
  packagist: 'composer',
  pub: 'pub',
  pypi: 'pep440',
  redhat: 'rpm',
  rubygems: 'gem',
  semver: 'semver',
} as const;

/** Lines in which the ecosystem's own program decides otherwise; docs/match-differences.md says which. */
const DISPUTED: ReadonlySet<string> = new Set(['1-1 = 1-ga-1', '1.0.0 > 1.0 (packagist)']);

if (existsSync(folder)) {
  describe.each(Object.entries(CORPORA))('corpus %s', (name, id) => {
    const scheme = schemeById(id);
    const facts = readCorpus(join(folder, `${name}-versions.txt`)).filter(({ left, order, right }) => {
      const line = `${left} ${order === 0 ? '=' : order < 0 ? '<' : '>'} ${right}`;
      return !DISPUTED.has(line) && !DISPUTED.has(`${line} (${name})`);
    });

    test('every line is right', () => {
      expect(facts.filter(({ left, order, right }) => scheme.compare(left, right) !== order)).toEqual([]);
    });

    test('keys agree with every line', () => {
      const wrong = facts.filter(({ left, order, right }) => {
        const a = scheme.encode?.(left);
        const b = scheme.encode?.(right);
        return a !== undefined && b !== undefined && Math.sign(compareKeys(a, b)) !== order;
      });
      expect(wrong).toEqual([]);
    });
  });
} else {
  test('corpora are absent', () => console.log(`not run: ${folder} is absent`));
}
