import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AdvisoryBundle } from '../../src/bundle/advisory-bundle.ts';
import { matchPackages } from '../../src/match/match-packages.ts';
import type { UnjudgedAnalysis } from '../../src/policy/gates/evaluate.ts';
import type { ArchiveStore } from '../../src/store/archive-store.ts';
import { distroOf } from '../../src/store/component.ts';
import { currentAnalysis } from '../../src/store/current-analysis.ts';
import { rematch } from '../../src/store/rematch.ts';
import { openArchive } from '../../src/store/sqlite/open-archive.ts';
import {
  archive,
  bundleOf,
  debOf,
  emptyArchive,
  type Flaw,
  imageOf,
  npmPackage,
  temporaryFolder,
} from './archive-fixtures.ts';

const AT = '2026-02-01T00:00:00Z';

async function kinds(
  store: ArchiveStore,
  bundle: AdvisoryBundle,
  earlier: readonly AdvisoryBundle[],
): Promise<readonly string[]> {
  const result = await rematch({
    store,
    bundle,
    at: AT,
    earlier: (id) => earlier.find((candidate) => candidate.info.contentId === id),
  });
  return result.events.map((event) => `${event.kind} ${event.cause} ${event.vulnerability}`);
}

const UNRATED: Flaw = {
  id: 'GHSA-1',
  aliases: ['CVE-2026-1001'],
  ecosystem: 'npm',
  name: 'lodash',
  fixed: '4.17.21',
};
const LODASH: Flaw = { ...UNRATED, severity: 'HIGH' };
const CRITICAL_VECTOR = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';

describe('what a re-match reports', () => {
  const before = bundleOf(1, [LODASH, { id: 'GHSA-2', ecosystem: 'npm', name: 'other', fixed: '1.0.0' }]);
  const cases: readonly (readonly [string, readonly Flaw[], readonly string[], readonly string[]])[] = [
    [
      'a new advisory',
      [LODASH, { id: 'GHSA-3', ecosystem: 'npm', name: 'lodash', fixed: '5.0.0' }],
      [],
      ['added new-advisory GHSA-3'],
    ],
    ['a withdrawn advisory', [], [], ['removed advisory-withdrawn CVE-2026-1001']],
    ['a narrowed range', [{ ...LODASH, introduced: '4.17.15' }], [], ['removed range-narrowed CVE-2026-1001']],
    [
      'a severity that another record of the flaw brings',
      [UNRATED, { id: 'GHSA-9', ecosystem: 'npm', name: 'other', aliases: ['CVE-2026-1001'], vector: CRITICAL_VECTOR }],
      [],
      ['severity severity-changed CVE-2026-1001'],
    ],
    ['a new severity', [{ ...LODASH, severity: 'CRITICAL' }], [], ['severity severity-changed CVE-2026-1001']],
    ['another fix', [{ ...LODASH, fixed: '4.17.19' }], [], ['fix fix-changed CVE-2026-1001']],
    ['listed as exploited', [LODASH], ['CVE-2026-1001'], ['kev kev-listed CVE-2026-1001']],
    [
      'another name for the flaw',
      [{ ...LODASH, aliases: ['CVE-2025-9001', 'CVE-2026-1001'] }],
      [],
      ['alias alias-merged CVE-2025-9001'],
    ],
    [
      'advisories about other versions',
      [LODASH, { id: 'GHSA-4', ecosystem: 'npm', name: 'lodash', introduced: '9.0.0' }],
      [],
      [],
    ],
    ['nothing new', [LODASH], [], []],
  ];
  for (const [name, flaws, exploited, expected] of cases) {
    it(name, async () => {
      const store = emptyArchive();
      await archive(store, imageOf('shop:1', [npmPackage('lodash', '4.17.10')]), before);
      expect(
        await kinds(
          store,
          bundleOf(2, [...flaws, { id: 'GHSA-2', ecosystem: 'npm', name: 'other', fixed: '1.0.0' }], exploited),
          [before],
        ),
      ).toEqual(expected);
    });
  }

  it.each([
    ['rises over the threshold', 0.0999, 0.1, ['epss epss-raised CVE-2026-1001']],
    ['falls under it', 0.1, 0.0999, ['epss epss-fallen CVE-2026-1001']],
    ['rises far over it from no score', undefined, 0.9, ['epss epss-raised CVE-2026-1001']],
    ['is withdrawn', 0.9, undefined, ['epss epss-fallen CVE-2026-1001']],
    ['moves on one side of it', 0.2, 0.9, []],
    ['appears below it', undefined, 0.05, []],
  ])('an EPSS score that %s', async (_name, old, now, expected) => {
    const rated = (sequence: number, score: number | undefined): AdvisoryBundle =>
      bundleOf(sequence, [LODASH], [], {
        'CVE-1999-0001': 0.5,
        ...(score === undefined ? {} : { 'CVE-2026-1001': score }),
      });
    const store = emptyArchive();
    await archive(store, imageOf('shop:1', [npmPackage('lodash', '4.17.10')]), rated(1, old));
    expect(await kinds(store, rated(2, now), [rated(1, old)])).toEqual(expected);
  });

  it('a widened range', async () => {
    const store = emptyArchive();
    await archive(store, imageOf('shop:1', [npmPackage('lodash', '4.17.21')]), before);
    expect(await kinds(store, bundleOf(2, [{ ...LODASH, fixed: '4.17.22' }]), [before])).toEqual([
      'added range-widened CVE-2026-1001',
    ]);
  });

  it('the first match of what was archived without a bundle', async () => {
    const store = emptyArchive();
    await archive(store, imageOf('shop:1', [npmPackage('lodash', '4.17.10')]));
    expect(await kinds(store, before, [])).toEqual(['added first-match CVE-2026-1001']);
  });

  it('a bundle that is gone is said so', async () => {
    const store = emptyArchive();
    await archive(store, imageOf('shop:1', [npmPackage('lodash', '4.17.10')]), bundleOf(1, []));
    expect(await kinds(store, bundleOf(2, [LODASH]), [])).toEqual(['added previous-bundle-unknown CVE-2026-1001']);
  });

  it('twice the same bundle changes nothing', async () => {
    const store = emptyArchive();
    await archive(store, imageOf('shop:1', [npmPackage('lodash', '4.17.10')]), before);
    expect([await kinds(store, before, []), (await store.events({})).map((event) => event.kind)]).toEqual([
      [],
      ['image-added'],
    ]);
  });

  it('components that the difference cannot touch are not matched', async () => {
    const store = emptyArchive();
    await archive(store, imageOf('shop:1', [npmPackage('lodash', '4.17.10'), npmPackage('other', '2.0.0')]), before);
    const bundle = bundleOf(2, [LODASH, { id: 'GHSA-2', ecosystem: 'npm', name: 'other', fixed: '1.5.0' }]);
    const result = await rematch({ store, bundle, at: AT, earlier: () => before });
    expect([result.changedKeys, result.componentsMatched]).toEqual([1, 0]);
  });
});

const NAMES = ['a', 'b', 'c'] as const;
const VERSIONS = ['1.0.0', '1.2.0', '1.4.0', '1.5.0', '2.0.0', '3.0.0'] as const;
const flaw = fc.record({
  number: fc.integer({ min: 1, max: 6 }),
  distro: fc.boolean(),
  name: fc.constantFrom(...NAMES),
  introduced: fc.constantFrom('0', ...VERSIONS),
  fixed: fc.option(fc.constantFrom(...VERSIONS), { nil: undefined }),
  alias: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
  // A record with neither takes the vector of another one of its flaw.
  stated: fc.constantFrom(
    {},
    {},
    { severity: 'LOW' },
    { severity: 'CRITICAL' },
    { vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H' },
    { vector: 'CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N' },
  ),
});
const bundleContent = fc.record({
  flaws: fc.uniqueArray(flaw, { maxLength: 6, selector: ({ number, distro }) => `${number} ${distro}` }),
  exploited: fc.uniqueArray(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
  scores: fc.dictionary(fc.constantFrom('CVE-2026-1001', 'CVE-2026-1002', 'CVE-2026-1003'), fc.constantFrom(0.01, 0.5)),
  release: fc.constantFrom('Debian:12', 'Debian:11'),
});
const instance = fc.record({
  distro: fc.boolean(),
  name: fc.constantFrom(...NAMES),
  version: fc.constantFrom(...VERSIONS),
  owned: fc.boolean(),
  state: fc.constantFrom('present' as const, 'present' as const, 'deleted' as const, 'overwritten' as const),
});
const step = fc.oneof(
  fc.record({ kind: fc.constant('import' as const), bundle: fc.nat(3) }),
  fc.record({ kind: fc.constant('add' as const), image: fc.nat(3), bundle: fc.option(fc.nat(3), { nil: undefined }) }),
  fc.record({ kind: fc.constant('forget' as const), bundle: fc.nat(3) }),
);

describe('incremental re-match', () => {
  it('equals a full match for any sequence of bundles and arrivals', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(bundleContent, { minLength: 4, maxLength: 4 }),
        fc.array(
          fc.uniqueArray(instance, {
            maxLength: 5,
            selector: ({ distro, name, version }) => `${distro} ${name} ${version}`,
          }),
          { minLength: 4, maxLength: 4 },
        ),
        fc.array(step, { minLength: 1, maxLength: 8 }),
        fc.nat(3),
        async (contents, instances, steps, last) => {
          const bundles = contents.map((content, index) => toBundle(content, index));
          const images = instances.map((packages, index) => toImage(packages, index));
          const store = openArchive(temporaryFolderOnce(), { create: true });
          try {
            const archived = new Set<number>();
            const forgotten = new Set<number>();
            const earlier = (id: string): AdvisoryBundle | undefined =>
              bundles.find((bundle, index) => bundle.info.contentId === id && !forgotten.has(index));
            for (const { kind, bundle, ...rest } of [...steps, { kind: 'import' as const, bundle: last }]) {
              const chosen = bundle === undefined ? undefined : bundles[bundle];
              if (kind === 'forget') forgotten.add(bundle ?? 0);
              else if (kind === 'import' && chosen !== undefined)
                await rematch({ store, bundle: chosen, at: AT, earlier });
              else if ('image' in rest) {
                archived.add(rest.image);
                await archive(store, images[rest.image] ?? imageOf('none', []), chosen);
              }
            }
            for (const index of archived) await expectFullMatch(store, images[index], bundles[last]);
            await expectNothingNew(store, bundles[last]);
          } finally {
            store.close();
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

let folders = 0;
let root: string | undefined;
function temporaryFolderOnce(): string {
  root ??= temporaryFolder();
  folders += 1;
  return `${root}/${folders}`;
}

type Generated<Arbitrary> = Arbitrary extends fc.Arbitrary<infer Value> ? Value : never;

function toBundle(
  { flaws, exploited, scores, release }: Generated<typeof bundleContent>,
  index: number,
): AdvisoryBundle {
  return bundleOf(
    index + 1,
    flaws.map(({ number, distro, name, introduced, fixed, alias, stated }) => ({
      id: `${distro ? 'DSA' : 'GHSA'}-${number}`,
      ecosystem: distro ? release : 'npm',
      name: distro ? `${name}-src` : name,
      introduced,
      ...(fixed === undefined ? {} : { fixed }),
      ...(alias === undefined ? {} : { aliases: [`CVE-2026-100${alias}`] }),
      ...stated,
    })),
    exploited.map((number) => `CVE-2026-100${number}`),
    scores,
  );
}

function toImage(packages: readonly Generated<typeof instance>[], index: number): UnjudgedAnalysis {
  const owner = packages.find((found) => found.distro);
  const ownerId = owner === undefined ? undefined : debOf(owner.name, owner.version).id;
  return imageOf(
    `image:${index}`,
    packages.map(({ distro, name, version, owned, state }) => {
      const place = { state, ...(state === 'present' ? {} : { removedIn: 2 }) };
      return distro
        ? debOf(name, version, place)
        : npmPackage(name, version, { ...place, ...(owned && ownerId !== undefined ? { ownedBy: ownerId } : {}) });
    }),
  );
}

/** Matching everything anew must change nothing that is stored. */
async function expectNothingNew(store: ArchiveStore, bundle: AdvisoryBundle | undefined): Promise<void> {
  if (bundle === undefined) throw new Error('the sequence names a bundle');
  const ids = await store.allComponents(0, 1000);
  const before = await store.findings(ids);
  const { events } = await rematch({ store, bundle, at: AT, earlier: () => bundle, full: true });
  expect([events, await store.findings(ids)]).toEqual([[], before]);
}

async function expectFullMatch(
  store: ArchiveStore,
  image: UnjudgedAnalysis | undefined,
  bundle: AdvisoryBundle | undefined,
): Promise<void> {
  if (image === undefined || bundle === undefined) throw new Error('the sequence names an image and a bundle');
  const full = matchPackages({ packages: image.packages, distro: distroOf(image.image.os), bundle });
  const kept = await currentAnalysis(store, image.image.configDigest);
  expect(kept?.vulnerabilities).toEqual(full.vulnerabilities.map(({ epss: _epss, ...finding }) => finding));
  expect(kept?.packages).toEqual(image.packages);
}
