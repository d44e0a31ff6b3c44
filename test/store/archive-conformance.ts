import { describe, expect, it } from 'vitest';
import type { UnjudgedAnalysis } from '../../src/policy/gates/evaluate.ts';
import type { ArchiveStore, RematchChange } from '../../src/store/archive-store.ts';
import { currentAnalysis } from '../../src/store/current-analysis.ts';
import { rematch } from '../../src/store/rematch.ts';
import { type AffectedImage, affectedImages, affectedPage } from '../../src/store/reports/affected-images.ts';
import { secret } from '../policy/judged-analysis.ts';
import { archive, bundleOf, debOf, imageOf, npmPackage } from './archive-fixtures.ts';

const DAY_1 = '2026-01-01T00:00:00Z';
const DAY_2 = '2026-01-02T00:00:00Z';
const DAY_3 = '2026-01-03T00:00:00Z';
const LODASH = {
  id: 'GHSA-1',
  aliases: ['CVE-2026-1001'],
  ecosystem: 'npm',
  name: 'lodash',
  fixed: '4.17.21',
  severity: 'HIGH',
};
const BASE = [debOf('openssl', '3.0.1'), debOf('zlib', '1.2')];

function withoutName({ image }: UnjudgedAnalysis): UnjudgedAnalysis['image'] {
  const { ref: _ref, ...rest } = image;
  return rest;
}

async function allOf(pages: AsyncIterable<readonly AffectedImage[]>): Promise<readonly AffectedImage[]> {
  const all: AffectedImage[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}

/** What every archive database does; `open` gives an empty one that goes with the test. */
export function archiveConformance(name: string, open: () => ArchiveStore): void {
  describe(`${name}: archive`, () => {
    it('an image is added once and known from then on', async () => {
      const store = open();
      const image = imageOf('shop:1', [...BASE, npmPackage('lodash', '4.17.10')]);
      expect([await archive(store, image), await archive(store, image), (await store.images({})).length]).toEqual([
        'added',
        'known',
        1,
      ]);
      expect((await store.events({})).map((event) => event.kind)).toEqual(['image-added']);
    });

    it('what was analyzed comes back whole', async () => {
      const store = open();
      const image = imageOf('shop:1', [
        debOf('a', '1'),
        npmPackage('b', '2', {
          locations: [
            { path: '/x', layer: 3 },
            { path: '/y', layer: 5 },
          ],
        }),
        npmPackage('c', '1', { state: 'deleted', removedIn: 4 }),
      ]);
      await archive(store, image);
      expect(await currentAnalysis(store, image.image.configDigest)).toEqual(image);
    });

    it('the same image under a second name keeps both', async () => {
      const store = open();
      const image = imageOf('shop:1', BASE);
      await archive(store, image);
      expect(await archive(store, { ...image, image: { ...image.image, ref: 'shop:latest' } })).toBe('known');
      expect((await store.images({})).map((known) => known.names)).toEqual([['shop:1', 'shop:latest']]);
    });

    it('another analysis of the image replaces the record', async () => {
      const store = open();
      await archive(store, imageOf('shop:1', BASE));
      expect(await archive(store, imageOf('shop:1', [...BASE, debOf('curl', '8')]))).toBe('updated');
      expect((await store.search({ kind: 'package', name: 'curl' })).map((hit) => hit.packageId)).toEqual([
        debOf('curl', '8').id,
      ]);
    });

    it('images with one base share its group and components', async () => {
      const store = open();
      for (let index = 0; index < 5; index += 1)
        await archive(store, imageOf(`app:${index}`, [...BASE, npmPackage(`own-${index}`, '1.0.0')]));
      const { component, component_group: groups, image_group: links } = await store.counts();
      expect({ component, groups, links }).toEqual({ component: 7, groups: 6, links: 10 });
    });

    it('images are found by name, repository, digest, label and state', async () => {
      const store = open();
      const [first, second] = [imageOf('team/shop:1', BASE), imageOf('team/shop:2', BASE)];
      await archive(store, first);
      await archive(store, second);
      await store.label(second.image.configDigest, { team: 'a' }, DAY_1);
      const names = async (filter: Parameters<ArchiveStore['images']>[0]): Promise<readonly string[]> =>
        (await store.images(filter)).flatMap((image) => image.names);
      expect(await names({ image: 'team/shop' })).toEqual(['team/shop:1', 'team/shop:2']);
      expect(await names({ image: 'team/shop:2' })).toEqual(['team/shop:2']);
      expect(await names({ image: first.image.manifestDigest ?? '' })).toEqual(['team/shop:1']);
      expect(await names({ labels: { team: 'a' } })).toEqual(['team/shop:2']);
      await store.retire([first.image.configDigest], true, DAY_2);
      expect([await names({ retired: true }), await names({ retired: false })]).toEqual([
        ['team/shop:1'],
        ['team/shop:2'],
      ]);
    });

    it('a package that only a deleted layer has is found with its state', async () => {
      const store = open();
      await archive(store, imageOf('shop:1', [npmPackage('lodash', '4.17.10', { state: 'deleted', removedIn: 3 })]));
      expect(await store.search({ kind: 'package', name: 'lodash' })).toEqual([
        expect.objectContaining({ what: 'pkg:npm/lodash@4.17.10', version: '4.17.10', layer: 1, state: 'deleted' }),
      ]);
    });

    it('a secret is found by its fingerprint, deleted or not', async () => {
      const store = open();
      await archive(store, imageOf('shop:1', [], { secrets: [secret({ fingerprint: 'f9', state: 'deleted' })] }));
      expect(await store.search({ kind: 'secret', fingerprint: 'f9' })).toEqual([
        expect.objectContaining({ what: 'aws-access-key', path: '/app/.env', layer: 1, state: 'deleted' }),
      ]);
    });

    it('a file is found by its digest', async () => {
      const store = open();
      await archive(
        store,
        imageOf('shop:1', [
          npmPackage('a', '1.0.0', { locations: [{ path: '/a.jar', layer: 2, digest: 'sha256:aa' }] }),
        ]),
      );
      expect(await store.search({ kind: 'digest', digest: 'sha256:aa' })).toEqual([
        expect.objectContaining({ path: '/a.jar', layer: 2 }),
      ]);
    });

    it('an image is found by the digest of its manifest and of its configuration', async () => {
      const store = open();
      const { image } = imageOf('shop:1', BASE);
      await archive(store, imageOf('shop:1', BASE));
      await archive(store, imageOf('other:1', BASE));
      for (const digest of [image.configDigest, image.manifestDigest ?? ''])
        expect(await store.search({ kind: 'digest', digest })).toEqual([{ image: image.configDigest, what: digest }]);
    });

    it('a re-match tells each image where it has the package', async () => {
      const store = open();
      const before = bundleOf(1, []);
      await archive(store, imageOf('a:1', [npmPackage('lodash', '4.17.10')]), before);
      await archive(
        store,
        imageOf('b:1', [npmPackage('lodash', '4.17.10', { state: 'deleted', removedIn: 2 })]),
        before,
      );
      await archive(store, imageOf('c:1', [npmPackage('lodash', '4.17.21')]), before);
      await rematch({ store, bundle: bundleOf(2, [LODASH]), at: DAY_2, earlier: () => before });
      const images = await allOf(affectedImages(store, await store.events({}), {}));
      const event = {
        kind: 'added',
        cause: 'new-advisory',
        advisory: 'GHSA-1',
        aliases: ['GHSA-1'],
        packageId: 'pkg:npm/lodash@4.17.10',
        purl: 'pkg:npm/lodash@4.17.10',
        layer: 1,
        severity: 'high',
        fixedIn: ['4.17.21'],
        vulnerability: 'CVE-2026-1001',
        at: DAY_2,
        bundle: 'content-2',
      };
      expect(images.map(({ ref, events }) => ({ ref, events }))).toEqual([
        { ref: 'a:1', events: [{ ...event, state: 'present' }] },
        { ref: 'b:1', events: [{ ...event, state: 'deleted' }] },
      ]);
    });

    it('pages of affected images, put together, are all of them', async () => {
      const store = open();
      const before = bundleOf(1, []);
      const lodash = npmPackage('lodash', '4.17.10');
      for (const name of ['d:1', 'a:1', 'c:1'])
        await archive(store, imageOf(name, [...BASE, lodash, npmPackage(`own-${name[0]}`, '1.0.0')]), before);
      await archive(store, imageOf('b:1', [{ ...lodash, state: 'deleted', removedIn: 2 }]), before);
      await archive(store, { ...imageOf('e:1', [lodash]), image: withoutName(imageOf('e:1', [])) }, before);
      await archive(store, imageOf('f:1', BASE), before);
      await archive(store, imageOf('g:1', [lodash]), before);
      const [labelled, retired] = [imageOf('c:1', []), imageOf('g:1', [])];
      await store.label(labelled.image.configDigest, { team: 'a' }, DAY_1);
      await store.retire([retired.image.configDigest], true, DAY_1);
      await rematch({ store, bundle: bundleOf(2, [LODASH]), at: DAY_2, earlier: () => before });
      const events = await store.events({});
      for (const filter of [{ retired: false }, { retired: false, labels: { team: 'a' } }, {}]) {
        const all = await allOf(affectedImages(store, events, filter));
        const pages = [];
        for (let skip = 0; skip <= all.length; skip += 2)
          pages.push(await affectedPage(store, events, { filter, page: { skip, limit: 2 } }));
        expect(pages.flatMap(({ images }) => images)).toEqual(all);
        expect(pages.map(({ total }) => total)).toEqual(pages.map(() => all.length));
        expect((await affectedPage(store, events, { filter, page: { limit: 100 } })).images).toEqual(all);
      }
    });

    it('can be changed between pages of usages, and when their reader stops early', async () => {
      const store = open();
      const [first, second] = [imageOf('a:1', BASE), imageOf('b:1', BASE)];
      for (const image of [first, second]) await archive(store, image);
      const ids = await store.allComponents(0, 10);
      const told: string[] = [];
      for await (const page of store.usagePages(ids, {}, 1)) {
        told.push(...new Set(page.map(({ image }) => image)));
        await store.label(first.image.configDigest, { page: String(told.length) }, DAY_1);
      }
      expect(told).toEqual([first.image.configDigest, second.image.configDigest]);
      for await (const _page of store.usagePages(ids, {}, 1)) break;
      await store.label(first.image.configDigest, { page: 'last' }, DAY_1);
      expect((await store.images({ image: 'a:1' })).map(({ labels }) => labels)).toEqual([{ page: 'last' }]);
    });

    it('one event tells all components that the same happened to', async () => {
      const store = open();
      const before = bundleOf(1, []);
      const versions = ['4.17.10', '4.17.11', '4.17.12', '5.0.0'];
      await archive(
        store,
        imageOf(
          'a:1',
          versions.map((version) => npmPackage('lodash', version)),
        ),
        before,
      );
      await rematch({ store, bundle: bundleOf(2, [LODASH]), at: DAY_2, earlier: () => before });
      const [event, ...others] = (await store.events({})).filter(({ kind }) => kind === 'added');
      const touched = await store.components(event?.components ?? []);
      expect([touched.map(({ component }) => component.package.version), others]).toEqual([versions.slice(0, 3), []]);
      expect(await store.events({ component: [touched[1]?.id ?? 0] })).toEqual([event]);
      expect(await store.verify(false)).toEqual([]);
    });

    it('what was archived while a re-match ran is matched by the next', async () => {
      const store = open();
      const before = bundleOf(1, []);
      await archive(store, imageOf('a:1', [npmPackage('a', '1.0.0')]), before);
      const lastComponent = await store.lastComponent();
      await archive(store, imageOf('b:1', [npmPackage('lodash', '4.17.10')]), before);
      const bundle = bundleOf(2, [LODASH]);
      await store.commitRematch({
        at: DAY_2,
        bundle: bundle.info,
        from: 'content-1',
        lastComponent,
        findings: [],
        events: [],
      });
      const result = await rematch({ store, bundle, at: DAY_3, earlier: () => before });
      expect(result.events.map((event) => event.vulnerability)).toEqual(['CVE-2026-1001']);
    });

    it('what was pruned while a re-match ran gets no finding', async () => {
      const store = open();
      const [before, bundle] = [bundleOf(1, []), bundleOf(2, [LODASH])];
      const gone = imageOf('a:1', [npmPackage('lodash', '4.17.10')]);
      await archive(store, gone, before);
      await archive(store, imageOf('b:1', [npmPackage('lodash', '4.17.11')]), before);
      const pruning = {
        ...store,
        commitRematch: async (change: RematchChange) => {
          await store.prune([gone.image.configDigest], 'meanwhile', DAY_2);
          await store.commitRematch(change);
        },
      };
      await rematch({ store: pruning, bundle, at: DAY_2, earlier: () => before });
      const found = await store.findings(await store.allComponents(0, 10));
      expect([found.map(({ version }) => version), (await store.counts())['finding']]).toEqual([['4.17.11'], 1]);
    });

    it('of two re-matches at once the slower one is refused', async () => {
      const store = open();
      await archive(store, imageOf('a:1', [npmPackage('a', '1.0.0')]), bundleOf(1, []));
      const change = { at: DAY_2, lastComponent: 1, findings: [], events: [] };
      await store.commitRematch({ ...change, bundle: bundleOf(2, []).info, from: 'content-1' });
      await expect(
        store.commitRematch({ ...change, bundle: bundleOf(3, []).info, from: 'content-1' }),
      ).rejects.toMatchObject({ code: 'PLM_ARCHIVE_BUSY' });
    });

    it('pruning removes an image and what only it used, and says so', async () => {
      const store = open();
      const [first, second] = [imageOf('a:1', [...BASE, npmPackage('own', '1.0.0')]), imageOf('b:1', BASE)];
      await archive(store, first);
      await archive(store, second);
      await store.prune([first.image.configDigest], 'older than 90 days', DAY_3);
      const { component, image, component_group: groups } = await store.counts();
      expect({ component, image, groups }).toEqual({ component: 2, image: 1, groups: 1 });
      expect((await store.events({})).at(-1)).toMatchObject({
        kind: 'image-pruned',
        cause: 'retention',
        image: first.image.configDigest,
        detail: { names: ['a:1'], reason: 'older than 90 days' },
      });
      expect(await currentAnalysis(store, second.image.configDigest)).toEqual(second);
    });

    it('a pruned image can come back', async () => {
      const store = open();
      const image = imageOf('a:1', BASE);
      await archive(store, image);
      await store.prune([image.image.configDigest], 'r', DAY_2);
      expect([await archive(store, image), await currentAnalysis(store, image.image.configDigest)]).toEqual([
        'added',
        image,
      ]);
    });

    it('decisions are remembered by image', async () => {
      const store = open();
      const decision = {
        policyDigest: 'p',
        bundle: 'b',
        verdict: 'fail' as const,
        suppressed: { 'CVE-1 x': 'r' },
        at: DAY_1,
      };
      await store.decide([{ key: 'k', ...decision }], [], DAY_1);
      expect(await store.decisions(['k', 'other'])).toEqual(new Map([['k', decision]]));
    });

    it('a sound archive verifies, before and after everything', async () => {
      const store = open();
      expect(await store.verify(false)).toEqual([]);
      await archive(store, imageOf('a:1', [...BASE, npmPackage('lodash', '4.17.10')]), bundleOf(1, [LODASH]));
      await rematch({ store, bundle: bundleOf(2, []), at: DAY_2, earlier: () => undefined });
      await archive(store, imageOf('a:1', [...BASE, npmPackage('left-pad', '1.3.0')]), bundleOf(2, []));
      await archive(store, imageOf('b:1', BASE));
      const keys = (await store.images({})).map((image) => image.key);
      await store.retire(keys, true, DAY_2);
      await store.retire(keys.slice(1), false, DAY_3);
      expect(await store.verify(false)).toEqual([]);
      await store.prune(
        (await store.images({})).map((image) => image.key),
        'r',
        DAY_3,
      );
      expect(await store.verify(false)).toEqual([]);
    });

    it('hostile names, labels and purls are kept as text', async () => {
      const store = open();
      const odd = `x'; DROP TABLE image; --\u202e\n"`;
      await archive(store, imageOf(odd, [npmPackage(odd, '1.0.0')]));
      const [image] = await store.images({ image: odd });
      await store.label(image?.key ?? '', { team: odd }, DAY_1);
      expect((await store.images({ labels: { team: odd } })).map((known) => known.names)).toEqual([[odd]]);
      expect(await store.search({ kind: 'package', name: odd })).toEqual([
        expect.objectContaining({ image: image?.key, what: `pkg:npm/${odd}@1.0.0`, version: '1.0.0' }),
      ]);
    });
  });
}
