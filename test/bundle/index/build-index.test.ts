import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Section } from '../../../src/bundle/advisory-bundle.ts';
import { IndexBuilder } from '../../../src/bundle/index/build-index.ts';
import { openAdvisories } from '../../../src/bundle/index/open-advisories.ts';
import { openSegment, segmentNames } from '../../../src/bundle/index/open-segment.ts';
import { ROW } from '../../../src/bundle/index/segment-format.ts';
import { validateIndexSection } from '../../../src/bundle/index/validate-index-section.ts';
import type { Advisory, AffectedPackage } from '../../../src/model/advisory.ts';
import { advisory, affectedUntil } from '../../support/advisories.ts';

function build(advisories: readonly Advisory[]): readonly Section[] {
  const builder = new IndexBuilder();
  for (const one of advisories) builder.add(one);
  return builder.finish();
}

function segmentOf(affected: AffectedPackage) {
  const sections = build([advisory({ id: 'A-1', affected: [affected] })]);
  const section = sections.find(({ type }) => type === 'segment');
  if (section === undefined) throw new Error('no segment');
  validateIndexSection(section);
  return openSegment(section.bytes);
}

test('one segment for each ecosystem and one section of records for each feed', () => {
  const sections = build([
    advisory({
      id: 'DSA-1',
      source: 'osv/Debian',
      affected: [affectedUntil('Debian:12', 'curl', '8-1'), affectedUntil('Debian:11', 'curl', '7-1')],
    }),
    advisory({ id: 'GHSA-1', affected: [affectedUntil('npm', 'left-pad', '1.0.0')] }),
  ]);
  expect(sections.map(({ type, key }) => `${type} ${key}`)).toEqual([
    'advisories osv/Debian',
    'advisories osv/npm',
    'segment Debian:11',
    'segment Debian:12',
    'segment npm',
  ]);
});

test('the bytes do not depend on the order of insertion', () => {
  const all = Array.from({ length: 20 }, (_, i) =>
    advisory({
      id: `A-${i}`,
      affected: [
        affectedUntil('npm', `package-${i % 7}`, `1.${i}.0`),
        affectedUntil('PyPI', `p_${i % 3}`, `${i}.post1`),
      ],
    }),
  );
  const expected = build(all);
  fc.assert(
    fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
      expect(build(shuffled)).toEqual(expected);
    }),
    { numRuns: 10 },
  );
});

test('of two records with one id the one modified last is kept', () => {
  const old = advisory({
    id: 'A-1',
    modified: '2025-01-01T00:00:00Z',
    summary: 'old',
    affected: [affectedUntil('npm', 'x', '1.0.0')],
  });
  const young = advisory({
    id: 'A-1',
    modified: '2026-01-01T00:00:00Z',
    summary: 'new',
    affected: [affectedUntil('npm', 'x', '2.0.0')],
  });
  expect(build([young, old])).toEqual(build([young]));
  expect(build([old, young])).toEqual(build([young]));
});

test('withdrawn records are left out', () => {
  expect(
    build([advisory({ id: 'A-1', withdrawn: '2026-01-01T00:00:00Z', affected: [affectedUntil('npm', 'x', '1.0.0')] })]),
  ).toEqual([]);
});

test('names are filed as their ecosystem compares them', () => {
  const names = (ecosystem: string) => [...segmentNames(segmentOf(affectedUntil(ecosystem, 'My_Pkg.Name', '1.0')))];
  expect([names('PyPI'), names('Packagist'), names('npm')]).toEqual([
    ['my-pkg-name'],
    ['my_pkg.name'],
    ['My_Pkg.Name'],
  ]);
});

test('versions that an interval holds are not listed again', () => {
  const segment = segmentOf({ ...affectedUntil('npm', 'x', '1.0.0'), versions: ['0.1.0', '0.9.0', '3.0.0'] });
  const [first, end] = segment.rowsOf('x');
  const rows = Array.from({ length: end - first }, (_, i) => segment.entry(first + i));
  expect(rows.map(({ low, high, flags }) => [low, high, flags])).toEqual([
    [undefined, '1.0.0', 0],
    ['3.0.0', undefined, ROW.exact],
  ]);
});

test('the fixed version 0 of a distribution says that no version is affected', () => {
  const segment = segmentOf(affectedUntil('Alpine:v3.18', 'busybox', '0'));
  expect(segment.entry(segment.rowsOf('busybox')[0]).flags).toBe(ROW.unaffected);
});

test('an affected version holds, its neighbours do not', () => {
  const segment = segmentOf({
    ecosystem: 'npm',
    name: 'x',
    versions: ['9.9.9'],
    ranges: [
      {
        type: 'SEMVER',
        events: [{ introduced: '1.0.0' }, { fixed: '1.2.0' }, { introduced: '2.0.0' }, { lastAffected: '2.5.0' }],
      },
    ],
  });
  const [first, end] = segment.rowsOf('x');
  const held = (version: string) =>
    Array.from({ length: end - first }, (_, i) =>
      segment.holds(first + i, version, segment.positionOf(version)),
    ).includes('inside');
  const versions = [
    '0.9.9',
    '1.0.0-rc.1',
    '1.0.0',
    '1.1.9',
    '1.2.0-rc.1',
    '1.2.0',
    '2.0.0',
    '2.5.0',
    '2.5.1',
    '9.9.9',
    '10.0.0',
  ];
  expect(versions.filter(held)).toEqual(['1.0.0', '1.1.9', '1.2.0-rc.1', '2.0.0', '2.5.0', '9.9.9']);
});

test('records come back as they went in, without long text and ranges', () => {
  const original = advisory({
    id: 'GHSA-1',
    aliases: ['CVE-2026-1'],
    summary: 'Prototype pollution',
    published: '2026-01-01T00:00:00Z',
    severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
    severityWord: 'HIGH',
    references: ['https://example.org/'],
    cwes: ['CWE-1321'],
    affected: [affectedUntil('npm', 'x', '1.0.0')],
  });
  const section = build([
    original,
    advisory({
      id: 'GHSA-2',
      details: `\nFirst line\n${'word '.repeat(99)}`,
      affected: [affectedUntil('npm', 'y', '1.0.0')],
    }),
  ])[0];
  if (section === undefined) throw new Error('no section');
  validateIndexSection(section);
  const reader = openAdvisories(section.bytes);
  expect([...reader.ids()]).toEqual(['GHSA-1', 'GHSA-2']);
  expect(reader.read('GHSA-1')).toEqual({ ...original, affected: [{ ecosystem: 'npm', name: 'x' }] });
  expect(reader.read('GHSA-3')).toBeUndefined();
  expect(reader.read('GHSA-2')?.summary).toBe('First line');
});
