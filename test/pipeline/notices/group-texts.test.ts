import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NoticeKind } from '../../../src/model/notices.ts';
import type { Package } from '../../../src/model/package.ts';
import { groupTexts, type PairedText } from '../../../src/pipeline/notices/group-texts.ts';
import type { NoticeEntry } from '../../../src/pipeline/notices/notice-entries.ts';

function entry(name: string, licenses: readonly string[] = []): NoticeEntry {
  const purl = `pkg:x/${name}@1`;
  const locations = [{ path: '/', layer: 0 }] as const;
  const found: Package = { id: purl, purl, type: 'x', name, version: '1', licenses, locations, state: 'present' };
  return { packages: [found], includes: [] };
}

const file = (id: string, path: string, entries: readonly NoticeEntry[], kind: NoticeKind = 'license'): PairedText => ({
  id,
  path,
  layer: 0,
  kind,
  entries,
  isFiled: true,
});

describe('groupTexts', () => {
  it('puts a text down once with all its files and packages, and those of no package last', () => {
    const [a, b] = [entry('a', ['MIT', 'ISC']), entry('b')];
    const files = [
      file('t1', '/x', [], 'notice'),
      file('t2', '/b', [b], 'authors'),
      file('t2', '/a', [a], 'license'),
      file('t3', '/a2', [a], 'notice'),
    ];
    expect(groupTexts([a, b], files, (id) => `text ${id}`)).toEqual({
      packages: [
        {
          id: 'pkg:x/a@1',
          type: 'x',
          name: 'a',
          version: '1',
          purls: ['pkg:x/a@1'],
          licenses: ['ISC', 'MIT'],
          texts: ['t2', 't3'],
        },
        { id: 'pkg:x/b@1', type: 'x', name: 'b', version: '1', purls: ['pkg:x/b@1'], licenses: [], texts: ['t2'] },
      ],
      texts: [
        {
          id: 't2',
          kind: 'license',
          files: [
            { path: '/a', layer: 0 },
            { path: '/b', layer: 0 },
          ],
          packages: ['pkg:x/a@1', 'pkg:x/b@1'],
          text: 'text t2',
        },
        { id: 't3', kind: 'notice', files: [{ path: '/a2', layer: 0 }], packages: ['pkg:x/a@1'], text: 'text t3' },
        { id: 't1', kind: 'notice', files: [{ path: '/x', layer: 0 }], packages: [], text: 'text t1' },
      ],
    });
  });

  it('says the same in whatever order files were read, and each package and its texts name each other', () => {
    const entries = ['a', 'b', 'c', 'd'].map((name) => entry(name));
    const paired = fc.record({
      id: fc.constantFrom('t1', 't2', 't3', 't4', 't5'),
      path: fc.constantFrom('/1', '/2', '/3', '/4', '/5', '/6'),
      layer: fc.constant(0),
      kind: fc.constantFrom<NoticeKind>('license', 'notice', 'authors'),
      entries: fc.subarray(entries),
      isFiled: fc.boolean(),
    });
    // A path has one text.
    const files = fc.uniqueArray(paired, { selector: ({ path }) => path });
    const shuffled = files.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        const grouped = groupTexts(entries, list, (id) => id);
        expect(groupTexts(entries, other, (id) => id)).toEqual(grouped);
        expect(grouped.texts.map(({ id }) => id).sort()).toEqual([...new Set(list.map(({ id }) => id))].sort());
        const ofPackages = grouped.packages.flatMap(({ id, texts }) => texts.map((text) => `${id} ${text}`));
        const ofTexts = grouped.texts.flatMap(({ id, packages }) => packages.map((owner) => `${owner} ${id}`));
        expect(ofPackages.sort()).toEqual(ofTexts.sort());
      }),
    );
  });
});
