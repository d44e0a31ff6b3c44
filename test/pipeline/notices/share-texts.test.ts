import { describe, expect, it } from 'vitest';
import type { NoticeKind } from '../../../src/model/notices.ts';
import type { Package } from '../../../src/model/package.ts';
import type { PairedText } from '../../../src/pipeline/notices/group-texts.ts';
import { type NoticeEntry, noticeEntries } from '../../../src/pipeline/notices/notice-entries.ts';
import { shareTexts } from '../../../src/pipeline/notices/share-texts.ts';

const rpm = (name: string, source?: string): Package => ({
  id: name,
  purl: name,
  type: 'rpm',
  name,
  version: '1-1',
  licenses: [],
  locations: [{ path: '/var/lib/rpm/Packages', layer: 0 }],
  state: 'present',
  ...(source === undefined ? {} : { source: { name: source, version: '1-1' } }),
});
const entries = noticeEntries([
  rpm('a', 'glibc'),
  rpm('b', 'glibc'),
  rpm('c', 'glibc'),
  rpm('d', 'other'),
  rpm('e'),
  rpm('e-libs', 'e'),
]).all;
const named = (...names: readonly string[]): readonly NoticeEntry[] =>
  entries.filter(({ packages }) => names.includes(packages[0]?.name ?? ''));
const text = (kind: NoticeKind, ...names: readonly string[]): PairedText => ({
  id: `${kind} of ${names.join(' ')}`,
  path: '/x',
  layer: 0,
  kind,
  entries: named(...names),
  isFiled: true,
});

describe('shareTexts', () => {
  it.each<readonly [string, readonly PairedText[], readonly string[]]>([
    [
      'a licence with the packages of its source that have none',
      [text('license', 'a'), text('license', 'b')],
      ['a c', 'b c'],
    ],
    ['a notice too', [text('notice', 'a'), text('license', 'b', 'c')], ['a', 'b c a']],
    [
      'nothing across sources; a package that names no source is one',
      [text('license', 'd'), text('license', 'e')],
      ['d', 'e e-libs'],
    ],
    ['no text that only lies among files', [{ ...text('license', 'a'), isFiled: false }], ['a']],
    ['no text of nobody', [text('license')], ['']],
  ])('shares %s', (_, texts, owners) => {
    const { shared } = shareTexts(entries, texts, 10);
    expect(shared.map((one) => one.entries.map(({ packages }) => packages[0]?.name).join(' '))).toEqual(owners);
  });

  it('shares nothing between packages of one name whose makers differ', () => {
    const [left, right] = ['@left', '@right'].map((namespace) => ({
      ...rpm('core'),
      id: namespace,
      type: 'npm',
      namespace,
    }));
    const { all, of } = noticeEntries([left, right].flatMap((one) => one ?? []));
    const license = { ...text('license'), entries: [of('@left')].flatMap((one) => one ?? []) };
    expect(shareTexts(all, [license], 10)).toEqual({ shared: [license], unshared: 0 });
  });

  it('shares no more than there is room for, and counts the rest', () => {
    const { shared, unshared } = shareTexts(entries, [text('license', 'a')], 1);
    expect([shared.map((one) => one.entries.length), unshared]).toEqual([[1], 1]);
  });
});
