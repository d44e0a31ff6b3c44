import * as fs from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { AdvisoryBundle } from '../../src/bundle/advisory-bundle.ts';
import { matchPackages } from '../../src/match/match-packages.ts';
import type { Package } from '../../src/model/package.ts';
import type { Component } from '../../src/store/component.ts';
import { type ComponentFinding, ownFinding, wholeFinding } from '../../src/store/component-finding.ts';
import { componentMatcher } from '../../src/store/match-components.ts';
import { memoryBundle } from '../support/memory-bundle.ts';
import { SHARED } from '../support/shared-data.ts';
import { sharedFeedSections } from '../support/shared-feeds.ts';

const lists = join(SHARED, 'matching');

const PURL_TYPES: Readonly<Record<string, string>> = {
  Go: 'golang',
  Maven: 'maven',
  Packagist: 'composer',
  PyPI: 'pypi',
  RubyGems: 'gem',
  'crates.io': 'cargo',
  npm: 'npm',
};

if (fs.existsSync(lists)) {
  let bundle: AdvisoryBundle;

  beforeAll(() => {
    bundle = memoryBundle(sharedFeedSections());
  }, 300_000);

  const components = componentsOfLists();
  describe.each([...components])('%s', (_type, list) => {
    test('one match for alike versions says what a match of each says', () => {
      const alone = findingsAlone(list, bundle);
      const together = componentMatcher(bundle)(list).map((findings) => findings.map(wholeFinding));
      for (const [position, { package: found }] of list.entries())
        expect([found.purl, together[position]]).toEqual([found.purl, alone[position]]);
    });
  });
} else {
  test('lists are absent', () => console.log(`not run: ${lists} is absent`));
}

/** Packages of languages in the shared lists by purl type, each once. */
function componentsOfLists(): ReadonlyMap<string, readonly Component[]> {
  const byType = new Map<string, Map<string, Component>>();
  for (const name of fs.readdirSync(lists).filter((file) => file.endsWith('.packages.tsv'))) {
    for (const line of fs.readFileSync(join(lists, name), 'utf8').split('\n')) {
      const [ecosystem = '', lookup = '', version = ''] = line.split('\t');
      const type = PURL_TYPES[ecosystem];
      if (type === undefined) continue;
      const known = byType.get(type) ?? new Map<string, Component>();
      byType.set(type, known);
      const component = toComponent(type, lookup, version);
      known.set(component.package.purl, component);
    }
  }
  return new Map([...byType].map(([type, known]) => [type, [...known.values()]]));
}

function toComponent(type: string, lookup: string, version: string): Component {
  const cut = ['golang', 'composer', 'npm', 'maven'].includes(type)
    ? lookup.lastIndexOf(type === 'maven' ? ':' : '/')
    : -1;
  return {
    package: {
      type,
      ...(cut < 0 ? {} : { namespace: lookup.slice(0, cut) }),
      name: lookup.slice(cut + 1),
      version,
      purl: `pkg:${type}/${lookup}@${version}`,
    },
  };
}

function findingsAlone(
  components: readonly Component[],
  bundle: AdvisoryBundle,
): readonly (readonly ComponentFinding[])[] {
  const packages = components.map(
    (component, position): Package => ({
      ...component.package,
      id: String(position),
      licenses: [],
      locations: [{ path: '/', layer: 0 }],
      state: 'present',
    }),
  );
  const findings: ComponentFinding[][] = components.map(() => []);
  for (const finding of matchPackages({ packages, distro: undefined, bundle }).vulnerabilities)
    findings[Number(finding.packageId)]?.push(wholeFinding(ownFinding(finding)));
  return findings;
}
