import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyzeImage } from '../../src/analyze.ts';
import { DEFAULT_LIMITS } from '../../src/limits.ts';
import type { Package } from '../../src/model/package.ts';
import { hasShared, SHARED } from '../support/shared-data.ts';

const PEERS = ['syft', 'trivy'];
const TABLE = join(import.meta.dirname, '../../docs/package-differences.md');
/** What Syft calls the types it does not name as purls do. */
const TYPES: Readonly<Record<string, string>> = {
  'go-module': 'golang',
  'java-archive': 'maven',
  'rust-crate': 'cargo',
  'php-composer': 'composer',
  python: 'pypi',
  dotnet: 'nuget',
};
/** Compared for themselves, in the suite of the operating system catalogs. */
const OS_TYPES = ['deb', 'apk', 'rpm'];

function label(type: string, name: string, version: string): string {
  return `${type} ${type === 'pypi' ? name.toLowerCase().replace(/[-_.]+/g, '-') : name} ${version}`.trim();
}

/** The peers name Java packages by artifact alone, or by group and artifact; the artifact is compared. */
function ours({ type, namespace, name, version }: Package): string {
  return label(type, namespace !== undefined && type !== 'maven' ? `${namespace}/${name}` : name, version);
}

function theirs(name: string, peer: string): Set<string> {
  const rows = readFileSync(join(SHARED, 'peers', `${name}.${peer}.tsv`), 'utf8')
    .trim()
    .split('\n')
    .slice(1);
  const labels = rows.map((row) => {
    const [type = '', found = '', version = ''] = row.split('\t');
    const purlType = TYPES[type] ?? type;
    return OS_TYPES.includes(purlType)
      ? ''
      : label(purlType, purlType === 'maven' ? found.replace(/^.*:/, '') : found, version);
  });
  return new Set(labels.filter((one) => one !== ''));
}

function explained(name: string, peer: string, side: string): readonly string[] {
  const rows = readFileSync(TABLE, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| '));
  const cells = rows.map((row) => row.slice(2, -2).split(' | '));
  return cells
    .filter(([image, who, listed]) => image === name && who === peer && listed === side)
    .map(([, , , found = '']) => found);
}

/** Differences no line explains, and lines that explain none. */
function unexplained(
  found: readonly string[],
  lines: readonly string[],
): { readonly found: string[]; readonly lines: string[] } {
  const covers = (line: string, one: string): boolean =>
    line === one || (line.endsWith(' *') && one.startsWith(line.slice(0, -1)));
  return {
    found: found.filter((one) => !lines.some((line) => covers(line, one))),
    lines: lines.filter((line) => !found.some((one) => covers(line, one))),
  };
}

describe.runIf(hasShared('peers', 'differences to other analyzers'))('language packages beside other analyzers', () => {
  const images = ['images/small', 'images/mid'].flatMap((folder) =>
    (existsSync(join(SHARED, folder)) ? readdirSync(join(SHARED, folder)) : [])
      .filter((file) => file.endsWith('.tar'))
      .map((file) => join(folder, file)),
  );

  it.each(images)('of %s differ as the table says', async (image) => {
    const options = { scanners: new Set<never>(), workers: 0, limits: DEFAULT_LIMITS, version: '0' };
    const { packages } = await analyzeImage(join(SHARED, image), options);
    const here = new Set(
      packages.filter(({ type, state }) => state === 'present' && !OS_TYPES.includes(type)).map(ours),
    );
    const name = image.slice(image.lastIndexOf('/') + 1, -'.tar'.length);
    for (const peer of PEERS) {
      if (!existsSync(join(SHARED, 'peers', `${name}.${peer}.tsv`))) continue;
      const there = theirs(name, peer);
      expect(
        unexplained(
          [...there].filter((one) => !here.has(one)),
          explained(name, peer, 'them'),
        ),
      ).toEqual({ found: [], lines: [] });
      expect(
        unexplained(
          [...here].filter((one) => !there.has(one)),
          explained(name, peer, 'us'),
        ),
      ).toEqual({ found: [], lines: [] });
    }
  });
});
