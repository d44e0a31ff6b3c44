import { expect, test } from 'vitest';
import { IndexBuilder } from '../../../src/bundle/index/build-index.ts';
import { openAdvisories } from '../../../src/bundle/index/open-advisories.ts';
import type { Advisory } from '../../../src/model/advisory.ts';
import { advisory, affectedUntil } from '../../support/advisories.ts';

const HIGH = { type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H' } as const;
const LOW = { type: 'CVSS_V3', score: 'CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N' } as const;
const WORD = { type: 'Ubuntu', score: 'medium' } as const;

const affected = [affectedUntil('npm', 'x', '1.0.0')];

/** What one record of a build has borrowed, whatever the order of the records. */
function borrowedBy(id: string, records: readonly Omit<Partial<Advisory> & { readonly id: string }, 'affected'>[]) {
  const [first, second] = [records, records.toReversed()].map((order) => {
    const builder = new IndexBuilder();
    for (const record of order) builder.add(advisory({ ...record, affected }));
    const section = builder.finish().find(({ type, key }) => type === 'advisories' && key === 'osv/npm');
    return openAdvisories(section?.bytes ?? new Uint8Array()).read(id)?.borrowedSeverity;
  });
  expect(second).toEqual(first);
  return first;
}

test('a record without severity takes the vectors of its aliases, with the records that state them', () => {
  const records = [
    { id: 'GO-1', aliases: ['CVE-2026-1', 'GHSA-1'] },
    { id: 'GHSA-1', aliases: ['CVE-2026-1'], severity: [HIGH, WORD] },
    { id: 'PYSEC-1', aliases: ['CVE-2026-1'], severity: [LOW] },
  ];
  expect(borrowedBy('GO-1', records)).toEqual([
    { ...HIGH, from: 'GHSA-1', names: ['CVE-2026-1', 'GHSA-1'] },
    { ...LOW, from: 'PYSEC-1', names: ['CVE-2026-1'] },
  ]);
});

test('an advisory about several flaws keeps apart what is said about each', () => {
  const records = [
    { id: 'DSA-1', upstream: ['CVE-2026-1', 'CVE-2026-2', 'CVE-2026-3'] },
    { id: 'GHSA-1', aliases: ['CVE-2026-1'], severity: [HIGH] },
    { id: 'CVE-2026-2', severity: [LOW] },
  ];
  expect(borrowedBy('DSA-1', records)).toEqual([
    { ...LOW, from: 'CVE-2026-2', names: ['CVE-2026-2'] },
    { ...HIGH, from: 'GHSA-1', names: ['CVE-2026-1'] },
  ]);
});

test.each([
  ['has a vector of its own', { severity: [LOW] }],
  ['has a word of its own', { severityWord: 'LOW' }],
  ['has a word of Ubuntu', { severity: [WORD] }],
  ['shares no name with a record that has a vector', { aliases: ['CVE-2026-9'] }],
  ['is only related', { aliases: [], related: ['CVE-2026-1', 'GHSA-1'] }],
  ['names other flaws upstream of one with aliases', { aliases: ['CVE-2026-9'], upstream: ['CVE-2026-1'] }],
])('nothing is borrowed by a record that %s', (_, change) => {
  const lender = { id: 'GHSA-1', aliases: ['CVE-2026-1'], severity: [HIGH] };
  expect(borrowedBy('R-1', [{ id: 'R-1', aliases: ['CVE-2026-1'], ...change }, lender])).toBeUndefined();
});

test('nothing is borrowed from a withdrawn record or an older edition of one', () => {
  const lender = { id: 'GHSA-1', aliases: ['CVE-2026-1'], severity: [HIGH] };
  const records = [
    { id: 'R-1', aliases: ['CVE-2026-1'] },
    { ...lender, modified: '2025-01-01T00:00:00Z' },
    { id: 'GHSA-1', aliases: ['CVE-2026-1'] },
    { ...lender, id: 'GHSA-2', withdrawn: '2026-01-01T00:00:00Z' },
  ];
  expect(borrowedBy('R-1', records)).toBeUndefined();
});
