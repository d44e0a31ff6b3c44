import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { IndexBuilder } from '../../src/bundle/index/build-index.ts';
import { findRows, type RowQuery } from '../../src/bundle/index/find-rows.ts';
import { openSegment } from '../../src/bundle/index/open-segment.ts';
import type { SegmentColumns } from '../../src/bundle/index/segment-columns.ts';
import { nameKey } from '../../src/bundle/index/segment-format.ts';
import { schemeById } from '../../src/versions/ecosystem.ts';
import { SegmentMemory } from '../../src/wasm/segment-rows.ts';
import { advisory, affectedUntil } from '../support/advisories.ts';

const semver = schemeById('semver');
const columns = segmentColumns();

function segmentColumns(): SegmentColumns {
  const builder = new IndexBuilder();
  for (let i = 0; i < 60; i++) {
    const base = affectedUntil('npm', `package-${i % 9}`, `1.${i % 13}.0`);
    const ranges = [
      {
        type: 'SEMVER' as const,
        events: [
          { introduced: `0.${i % 4}.0` },
          i % 2 === 0 ? { fixed: `1.${i % 13}.0` } : { lastAffected: `1.${i % 13}.0` },
        ],
      },
    ];
    builder.add(
      advisory({
        id: `A-${i}`,
        affected: [{ ...base, ranges, versions: i % 5 === 0 ? ['5.0.0', 'odd version'] : [] }],
      }),
    );
  }
  const section = builder.finish().find(({ type }) => type === 'segment');
  if (section === undefined) throw new Error('no segment');
  return openSegment(section.bytes).columns;
}

const IMPLEMENTATIONS: readonly (readonly [string, (queries: readonly RowQuery[]) => Uint32Array])[] = [
  ['reference', (queries) => findRows(columns, queries)],
  ['kernel', (queries) => new SegmentMemory().load(columns).find(queries)],
];

describe.each(IMPLEMENTATIONS)('%s', (_, find) => {
  test('finds every row of a name for a version without key', () => {
    const [first, end] = rowsOf('package-3');
    const expected = Array.from({ length: end - first }, (__, i) => [0, first + i]).flat();
    expect(Array.from(find([{ name: nameKey('npm', 'package-3'), key: undefined }]))).toEqual(expected);
  });

  test('finds nothing for a name the segment does not have', () => {
    expect(Array.from(find([query('package', '1.0.0'), query('package-33', '1.0.0'), query('', '1.0.0')]))).toEqual([]);
  });

  test('finds nothing for no question', () => {
    expect(Array.from(find([]))).toEqual([]);
  });
});

test('kernel and reference find the same rows, also where there are more than room was made for', () => {
  const memory = new SegmentMemory().load(columns);
  const name = fc.nat({ max: 10 }).map((i) => `package-${i}`);
  const version = fc
    .tuple(fc.nat({ max: 6 }), fc.nat({ max: 14 }), fc.constantFrom('0', '0-rc.1', '1'))
    .map((parts) => parts.join('.'));
  const queries = fc.array(fc.tuple(name, fc.option(version)), { maxLength: 60 });
  fc.assert(
    fc.property(queries, (asked) => {
      const list = asked.map(([wanted, text]) => query(wanted, text ?? undefined));
      expect(Array.from(memory.find(list))).toEqual(Array.from(findRows(columns, list)));
    }),
  );
  const many = Array.from({ length: 20_000 }, () => query('package-1', undefined));
  expect(memory.find(many).length).toBe(findRows(columns, many).length);
});

function query(name: string, version: string | undefined): RowQuery {
  return { name: nameKey('npm', name), key: version === undefined ? undefined : semver.encode?.(version) };
}

function rowsOf(name: string): readonly [number, number] {
  const found = findRows(columns, [{ name: nameKey('npm', name), key: undefined }]);
  return [found[1] ?? 0, (found.at(-1) ?? 0) + 1];
}
