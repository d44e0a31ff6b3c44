import fc from 'fast-check';
import { expect, it } from 'vitest';
import { assemblePackages } from '../../src/detect/assemble-packages.ts';
import type { OwnedDigest } from '../../src/detect/detector.ts';
import { OwnedFilesBuilder, ownedFilesBytes } from '../../src/detect/owned-files.ts';
import { readOwnership } from '../../src/detect/ownership.ts';
import { pathHistory } from '../../src/detect/path-history.ts';
import { CONTENT_HASHES } from '../../src/model/content-hash.ts';
import { claim, layerDetections } from './detections-fixture.ts';

/** The last one is not installed. */
const OWNERS = [
  { name: 'libc6', type: 'deb', ofDistro: true },
  { name: 'zlib1g', type: 'deb', ofDistro: true },
  { name: 'six', type: 'pypi', ofDistro: false },
  { name: 'gone', type: 'deb', ofDistro: true },
] as const;
const LAYERS = 2;
/** Written in the first layer, hidden by the second. */
const REPLACED = '/replaced.list';

interface Row {
  readonly owner: number;
  readonly path: string;
  readonly digest: OwnedDigest | null;
}

const directory = fc.constantFrom('', '/lib', '/usr/lib', '/bin', '/usr/bin', '/löschen', '/\ufffd');
const name = fc.constantFrom('a', 'b', 'aa', 'ä', 'a\ufffd', '\ufeffa', '😀', ' ');
const digest = fc.tuple(fc.constantFrom(...CONTENT_HASHES), fc.constantFrom('0a', 'ff', '9c'), fc.boolean()).map(
  ([{ algorithm, bytes }, byte, mayChange]): OwnedDigest => ({
    algorithm,
    value: byte.repeat(bytes),
    ...(mayChange ? { mayChange } : {}),
  }),
);
const row: fc.Arbitrary<Row> = fc.record({
  owner: fc.nat({ max: OWNERS.length - 1 }),
  path: fc.tuple(directory, name).map((parts) => parts.join('/')),
  digest: fc.option(digest),
});
const list = fc.record({
  evidence: fc.constantFrom('/a.list', REPLACED),
  rows: fc.uniqueArray(row, { maxLength: 20, selector: ({ path }) => path }),
});
// eight rows of one final path at most: no more digests than these are told
const image = fc.array(fc.array(list, { maxLength: 2 }), { minLength: LAYERS, maxLength: LAYERS });

/** `/lib` and `/bin` lead into `/usr`. */
function resolveDirectory(path: string): string {
  return /^\/(?:lib|bin)$/.test(path) ? `/usr${path}` : path;
}

it('files have the owners and digests that a map of paths gives them', () => {
  fc.assert(
    fc.property(image, (lists) => {
      const layers = lists.map((all, layer) => {
        const builders = all.map(({ evidence, rows }) => {
          const builder = new OwnedFilesBuilder();
          for (const { owner, path, digest: stated } of rows)
            builder.add(evidence, {
              owner: { identity: { type: OWNERS[owner]?.type ?? '', name: OWNERS[owner]?.name ?? '' } },
              path,
              ...(stated === null ? {} : { digest: stated }),
            });
          return builder;
        });
        const owned = builders.map((builder) => {
          const { bytes } = builder;
          const files = builder.finish();
          expect(ownedFilesBytes(files)).toBe(bytes);
          return files;
        });
        const packages = layer > 0 ? [] : OWNERS.slice(0, -1).map((one) => claim('/status', { ...one, version: '1' }));
        const visited = [
          { path: '/status', entry: 0 },
          { path: '/a.list', entry: 1 },
          { path: REPLACED, entry: 2 },
        ];
        return layerDetections({ owned, packages, visited: layer > 0 ? visited.slice(1) : visited });
      });
      const history = pathHistory(layers, (layer, entry) => (entry === 2 && layer === 0 ? 1 : undefined));
      const found = readOwnership(layers, assemblePackages(layers, history, undefined), history, resolveDirectory);

      const expected = new Map<string, Row[]>();
      for (const [layer, all] of lists.entries()) {
        for (const { evidence, rows } of all) {
          if (evidence === REPLACED && layer === 0) continue;
          for (const one of rows) {
            if (one.owner === OWNERS.length - 1) continue;
            const cut = one.path.lastIndexOf('/');
            const path = `${resolveDirectory(one.path.slice(0, cut))}${one.path.slice(cut)}`;
            expected.set(path, [...(expected.get(path) ?? []), one]);
          }
        }
      }
      const files = [...found.entries()].map(([path, file]) => {
        expect(found.of(path)).toEqual(file);
        const { owner, digest: stated, others = [] } = file;
        return [path, { name: owner.package.name, digest: stated ?? null, others: sorted(others) }] as const;
      });
      expect(Object.fromEntries(files)).toEqual(
        Object.fromEntries([...expected].map(([path, rows]) => [path, ownedOf(rows)])),
      );
    }),
    { numRuns: 500 },
  );
});

/** What one path's rows say, in the order they are read. */
function ownedOf(rows: readonly Row[]) {
  const isOfDistro = ({ owner }: Row): boolean => OWNERS[owner]?.ofDistro === true;
  const rank = (one: Row): number => (isOfDistro(one) ? 2 : 0) + (one.digest === null ? 0 : 1);
  const best = rows.reduce((before, one) => (rank(one) >= rank(before) ? one : before));
  const others = rows.filter((one) => one !== best).flatMap(({ digest: stated }) => stated ?? []);
  return { name: OWNERS[best.owner]?.name, digest: best.digest, others: sorted(others) };
}

function sorted(digests: readonly OwnedDigest[]): string[] {
  return digests.map((one) => JSON.stringify(one)).sort();
}
