import * as fs from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { AdvisoryBundle } from '../../src/bundle/advisory-bundle.ts';
import { validateIndexSection } from '../../src/bundle/index/validate-index-section.ts';
import { matchPackages } from '../../src/match/match-packages.ts';
import type { Distro } from '../../src/model/distro.ts';
import type { Package } from '../../src/model/package.ts';
import { memoryBundle } from '../support/memory-bundle.ts';
import { SHARED } from '../support/shared-data.ts';
import { sharedFeedSections } from '../support/shared-feeds.ts';

const lists = join(SHARED, 'matching');

/** Flags of rows on which comparators of one ecosystem disagree, or that are no statement about security. */
const CONTESTED: ReadonlySet<string> = new Set([
  'native-variant-differs',
  'coerced',
  'apk-invalid',
  'tie',
  'incomparable',
  'versions-normalised-only',
  'modular-advisory',
  'modular-package',
  'informational-unmaintained',
  'informational-unsound',
  'informational-notice',
  'custom-ranges',
  'no-revision',
  'not-security',
]);

const PURL_TYPES: Readonly<Record<string, string>> = {
  AlmaLinux: 'rpm',
  Alpine: 'apk',
  Debian: 'deb',
  Go: 'golang',
  Maven: 'maven',
  Packagist: 'composer',
  PyPI: 'pypi',
  RubyGems: 'gem',
  Wolfi: 'apk',
  'crates.io': 'cargo',
  npm: 'npm',
};

const DISTRIBUTIONS: ReadonlySet<string> = new Set(['AlmaLinux', 'Alpine', 'Debian', 'Wolfi']);

if (fs.existsSync(lists)) {
  let bundle: AdvisoryBundle;

  beforeAll(() => {
    const sections = sharedFeedSections();
    for (const section of sections) validateIndexSection(section);
    bundle = memoryBundle(sections);
  }, 120_000);

  const names = fs.readdirSync(lists).filter((name) => name.endsWith('.packages.tsv'));
  describe.each(names.map((name) => name.replace('.packages.tsv', '')))('list %s', (name) => {
    test('matches what the feeds say, by advisory', () => {
      const rows = readRows(`${name}.packages.tsv`);
      const packages = rows.map(toPackage);
      const { vulnerabilities } = matchPackages({ packages, distro: distroOf(rows[0]?.[0] ?? ''), bundle });
      const lookups = new Map(packages.map((pkg, index) => [pkg.id, (rows[index] ?? []).slice(0, 3).join(' ')]));
      const found = new Set(
        vulnerabilities.flatMap(({ packageId, advisories }) =>
          advisories.map(({ id }) => `${lookups.get(packageId)} ${id}`),
        ),
      );
      const truth = readRows(`${name}.matches.tsv`);
      const skipped = new Set([...readRows(`${name}.excluded.tsv`), ...truth.filter(isContested)].map(answer));
      const wanted = new Set(truth.filter((row) => !isContested(row)).map(answer));
      expect([...wanted].filter((pair) => !found.has(pair))).toEqual([]);
      expect([...found].filter((pair) => !wanted.has(pair) && !skipped.has(pair))).toEqual([]);
    });
  });
} else {
  test('lists are absent', () => console.log(`not run: ${lists} is absent`));
}

function readRows(name: string): string[][] {
  const path = join(lists, name);
  if (!fs.existsSync(path)) return [];
  const lines = fs
    .readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return lines.map((line) => line.split('\t'));
}

function answer(row: readonly string[]): string {
  return row.slice(0, 4).join(' ');
}

function isContested(row: readonly string[]): boolean {
  return (row[5] ?? '').split(',').some((flag) => CONTESTED.has(flag));
}

function distroOf(ecosystem: string): Distro | undefined {
  const [family = '', release] = ecosystem.split(':');
  if (!DISTRIBUTIONS.has(family)) return undefined;
  const versionId = release?.replace(/^v/, '');
  return {
    id: family.toLowerCase(),
    ...(versionId === undefined ? {} : { versionId }),
    idLike: [],
    prettyName: ecosystem,
  };
}

function toPackage(
  [ecosystem = '', source = '', sourceVersion = '', display = '', version = '']: string[],
  index: number,
): Package {
  const family = ecosystem.split(':', 1)[0] ?? '';
  const type = PURL_TYPES[family] ?? family;
  const split = ['golang', 'composer', 'npm', 'maven'].includes(type)
    ? display.lastIndexOf(type === 'maven' ? ':' : '/')
    : -1;
  return {
    id: `package-${index}`,
    purl: `pkg:${type}/package-${index}`,
    type,
    ...(split > 0 ? { namespace: display.slice(0, split) } : {}),
    name: display.slice(split + 1),
    version,
    ...(DISTRIBUTIONS.has(family) ? { source: { name: source, version: sourceVersion } } : {}),
    licenses: [],
    locations: [{ path: '/list', layer: 0 }],
    state: 'present',
  };
}
