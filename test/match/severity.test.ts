import { expect, test } from 'vitest';
import { IndexBuilder } from '../../src/bundle/index/build-index.ts';
import { matchPackages } from '../../src/match/match-packages.ts';
import type { Advisory } from '../../src/model/advisory.ts';
import { advisory, affectedUntil, installed } from '../support/advisories.ts';
import { memoryBundle } from '../support/memory-bundle.ts';

const HIGH = { type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H' } as const;
const CRITICAL = { type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' } as const;

const curl = installed({ type: 'deb', name: 'curl', version: '8.0-1' });
const elsewhere = [affectedUntil('npm', 'elsewhere', '1.0.0')];

/** Findings for curl on Debian 12: what the severity is, by which record, and the scores with theirs. */
function severities(debian: Partial<Advisory>, others: readonly Advisory[]) {
  const builder = new IndexBuilder();
  const affected = [affectedUntil('Debian:12', 'curl', '8.1-1')];
  builder.add(advisory({ id: 'DSA-1', source: 'osv/Debian', affected, ...debian }));
  for (const other of others) builder.add(other);
  const distro = { id: 'debian', versionId: '12', idLike: [], prettyName: 'Debian GNU/Linux 12' };
  const bundle = memoryBundle(builder.finish());
  return matchPackages({ packages: [curl], distro, bundle }).vulnerabilities.map(
    ({ id, severity, severitySource, cvss, advisories }) => ({
      id,
      severity: [severity, severitySource],
      scores: (cvss ?? []).map(({ score, source }) => [score, source]),
      advisories: advisories.map((record) => record.id),
    }),
  );
}

const ghsa1 = advisory({ id: 'GHSA-1', aliases: ['CVE-2026-1'], severity: [HIGH], affected: elsewhere });
const ghsa2 = advisory({ id: 'GHSA-2', aliases: ['CVE-2026-2'], severity: [CRITICAL], affected: elsewhere });

test('each flaw of a distribution advisory has the severity that records of this very flaw state', () => {
  expect(severities({ upstream: ['CVE-2026-1', 'CVE-2026-2', 'CVE-2026-3'] }, [ghsa1, ghsa2])).toEqual([
    { id: 'CVE-2026-2', severity: ['critical', 'GHSA-2'], scores: [[9.8, 'GHSA-2']], advisories: ['DSA-1'] },
    { id: 'CVE-2026-1', severity: ['high', 'GHSA-1'], scores: [[7.5, 'GHSA-1']], advisories: ['DSA-1'] },
    { id: 'CVE-2026-3', severity: ['unknown', undefined], scores: [], advisories: ['DSA-1'] },
  ]);
});

test('the word of a distribution wins over a borrowed vector, which is still shown', () => {
  const affected = [{ ...affectedUntil('Debian:12', 'curl', '8.1-1'), qualifiers: { severity: 'unimportant' } }];
  expect(severities({ upstream: ['CVE-2026-1'], affected }, [ghsa1])).toEqual([
    { id: 'CVE-2026-1', severity: ['negligible', 'DSA-1'], scores: [[7.5, 'GHSA-1']], advisories: ['DSA-1'] },
  ]);
});

test('the word of another record that matched wins over a borrowed vector', () => {
  const worded = advisory({
    id: 'DSA-2',
    source: 'osv/Debian',
    upstream: ['CVE-2026-1'],
    severityWord: 'LOW',
    affected: [affectedUntil('Debian:12', 'curl', '8.2-1')],
  });
  expect(severities({ upstream: ['CVE-2026-1'] }, [ghsa1, worded])).toEqual([
    { id: 'CVE-2026-1', severity: ['low', 'DSA-2'], scores: [[7.5, 'GHSA-1']], advisories: ['DSA-1', 'DSA-2'] },
  ]);
});
