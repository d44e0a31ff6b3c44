import { describe, expect, test } from 'vitest';
import { explainFinding } from '../../src/cli/explain/explain-finding.ts';
import { findingsNamed, indexReport } from '../../src/cli/explain/report-index.ts';
import { PlimsollError } from '../../src/errors.ts';

const REPORT = {
  schemaVersion: 1,
  image: { os: { id: 'debian' }, layers: [{ index: 0 }, { index: 1, createdBy: 'RUN apt-get install libldb2' }] },
  packages: [
    {
      id: 'pkg:deb/debian/libldb2@2.2.3',
      type: 'deb',
      namespace: 'debian',
      name: 'libldb2',
      version: '2:2.2.3',
      source: { name: 'samba', version: '2:4.13.13' },
      locations: [{ path: '/var/lib/dpkg/status', layer: 1 }],
    },
  ],
  bundle: { sources: [{ id: 'osv/Debian', capturedAt: '2023-04-02' }] },
  vulnerabilities: [
    {
      id: 'CVE-2026-1',
      aliases: ['GHSA-1'],
      advisories: [{ id: 'DSA-1-1', source: 'osv/Debian' }],
      packageId: 'pkg:deb/debian/libldb2@2.2.3',
      severity: 'high',
      severitySource: 'DSA-1-1',
      cvss: [{ version: '3.1', vector: 'CVSS:3.1/AV:N', score: 7.5, source: 'DSA-1-1' }],
      kev: { dateAdded: '2026-02-03', ransomware: true },
      epss: { score: 0.1234, percentile: 0.9, date: '2026-10-31' },
      status: 'fixed',
      fixedIn: ['2:4.13.14'],
      layer: 1,
      state: 'deleted',
      title: 'samba - security update',
      references: ['https://example.org/dsa'],
      reasons: [
        {
          searched: 'source',
          name: 'samba',
          segment: 'Debian:11',
          scheme: 'dpkg',
          version: '2:4.13.13',
          range: '< 2:4.13.14',
          advisory: 'DSA-1-1',
        },
      ],
      suppressed: { reason: 'ignored', rule: '.plimsollignore:3' },
    },
  ],
};

const index = indexReport(JSON.stringify(REPORT), 'report.json');

test('a finding in words', () => {
  const [finding] = findingsNamed(index, 'cve-2026-1', undefined);
  expect(finding === undefined ? [] : explainFinding(finding, index)).toEqual([
    'CVE-2026-1 (also GHSA-1)',
    'samba - security update',
    '',
    'Package    libldb2 2:2.2.3 (deb), built from samba 2:4.13.13',
    'Read from  /var/lib/dpkg/status',
    'Layer      1, made by: RUN apt-get install libldb2.',
    'State      removed by a later layer, still readable in the image',
    '',
    'Why it was reported',
    '  DSA-1-1: looked up the source package "samba" in Debian:11, captured 2023-04-02; version 2:4.13.13 lies in: < 2:4.13.14 (dpkg rules).',
    '  It does not count: an ignore rule accepts it (ignored), .plimsollignore:3.',
    '',
    'How bad it is',
    '  Severity high, stated by DSA-1-1.',
    '  CVSS 3.1 7.5: CVSS:3.1/AV:N (DSA-1-1)',
    '  Known to be exploited since 2026-02-03, also by ransomware (CISA KEV).',
    '  Chance of exploitation within 30 days 12.34 % (EPSS of 2026-10-31).',
    '',
    'What to do',
    '  Nothing, as long as that holds. Otherwise:',
    '  Upgrade libldb2 to the build of samba 2:4.13.14 or later.',
    '',
    'References',
    '  https://example.org/dsa',
  ]);
});

describe('findings are found', () => {
  test.each(['CVE-2026-1', 'ghsa-1', 'DSA-1-1'])('by %s', (name) => {
    expect(findingsNamed(index, name, undefined).map((finding) => finding['id'])).toEqual(['CVE-2026-1']);
  });

  test('on the package that is asked for only', () => {
    expect(findingsNamed(index, 'CVE-2026-1', 'libldb2').map((finding) => finding['id'])).toEqual(['CVE-2026-1']);
    expect(findingsNamed(index, 'CVE-2026-1', 'curl')).toEqual([]);
  });
});

test.each(['', 'null', '[]', '{"schemaVersion":2}', `${'['.repeat(100)}`])('%j is no report', (text) => {
  expect(() => indexReport(text, 'report.json')).toThrow(PlimsollError);
});
