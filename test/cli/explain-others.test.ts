import { expect, test } from 'vitest';
import { explainCheck } from '../../src/cli/explain/explain-check.ts';
import { explainPackage } from '../../src/cli/explain/explain-package.ts';
import { explainPath } from '../../src/cli/explain/explain-path.ts';
import { explainSecret } from '../../src/cli/explain/explain-secret.ts';
import { checksNamed, indexReport, packagesNamed, secretsNamed } from '../../src/cli/explain/report-index.ts';

const secret = { verdict: 'proven', fingerprint: 'f1a0c3', match: 'ghp_***' } as const;
const index = indexReport(
  JSON.stringify({
    schemaVersion: 1,
    image: { layers: [{ index: 0, createdBy: 'COPY secrets /' }] },
    secrets: [
      {
        ...secret,
        ruleId: 'github-pat',
        title: 'GitHub personal access token',
        source: 'file',
        path: '/app/.env',
        line: 4,
        layer: 0,
        state: 'deleted',
        removedIn: 2,
        proof: 'crc32',
      },
      { ...secret, ruleId: 'github-pat', source: 'env', name: 'TOKEN', suppressed: { reason: 'duplicate' } },
    ],
    packages: [
      {
        id: 'pkg:npm/%40acme/web@1.0.0',
        purl: 'pkg:npm/%40acme/web@1.0.0',
        type: 'npm',
        namespace: '@acme',
        name: 'web',
        version: '1.0.0',
        licenses: ['MIT'],
        locations: [{ path: '/app/package.json', layer: 0 }],
        state: 'deleted',
        removedIn: 3,
      },
      {
        id: 'pkg:npm/app@2.0.0',
        type: 'npm',
        name: 'app',
        version: '2.0.0',
        state: 'present',
        dependsOn: ['pkg:npm/%40acme/web@1.0.0'],
      },
    ],
    bundle: { coverage: { unjudged: [{ missing: 'npm', packageIds: ['pkg:npm/app@2.0.0'] }] } },
    vulnerabilities: [
      { id: 'CVE-1', packageId: 'pkg:npm/%40acme/web@1.0.0', severity: 'high', fixedIn: ['1.0.1'] },
      { id: 'CVE-2', packageId: 'pkg:npm/%40acme/web@1.0.0', severity: 'low', suppressed: { reason: 'ignored' } },
    ],
    misconfigurations: [
      ...['/bin/su', '/bin/mount'].map((path) => ({
        id: 'PLM-C005',
        title: 'A file runs with the rights of its owner',
        severity: 'low',
        path,
        layer: 0,
        evidence: 'setuid',
        remediation: 'Drop the bits.',
      })),
      {
        id: 'PLM-C001',
        aliases: ['CIS-DI-0001'],
        title: 'The container runs as root',
        severity: 'medium',
        evidence: 'the configuration names no user',
        remediation: 'Switch to a user.',
      },
    ],
  }),
  'report.json',
);

test('what lies at a path, named by it', () => {
  const named = [secretsNamed, checksNamed, packagesNamed].map((find) => find(index, '/bin/su').length);
  expect([named, secretsNamed(index, '/app/.env').map(({ line }) => line), packagesNamed(index, 'web@2.0.0')]).toEqual([
    [0, 1, 0],
    [4],
    [],
  ]);
});

test('a file that lists packages', () => {
  const packages = [...index.packages.values()];
  expect(explainPath('/lib/db', packages, index)).toEqual([
    '/lib/db lists 2 packages',
    '',
    '  @acme/web 1.0.0, 1 vulnerability',
    '  app 2.0.0',
  ]);
});

test.each(['github-pat', 'f1a0c3', 'F1A0C3'])('secrets in words, named by %s', (name) => {
  expect(secretsNamed(index, name).map((found) => explainSecret(found, index))).toEqual([
    [
      'GitHub personal access token (rule github-pat)',
      '',
      'Found in   /app/.env:4',
      'Layer      0, made by: COPY secrets /.',
      'State      deleted by layer 2, still readable in the image',
      'Looks like ghp_***, fingerprint f1a0c3',
      '',
      'Why it was reported',
      '  Proven by a checksum, by a key that works, or by what belongs to it in the image: crc32.',
      '',
      'What to do',
      '  Revoke it, then build the image so that no layer holds it: deleting it in a later layer does not help.',
    ],
    [
      'github-pat (rule github-pat)',
      '',
      'Found in   env TOKEN',
      'Looks like ghp_***, fingerprint f1a0c3',
      '',
      'Why it was reported',
      '  Proven by a checksum, by a key that works, or by what belongs to it in the image.',
      '  It does not count: it repeats what is reported at another place (duplicate).',
      '',
      'What to do',
      '  Nothing, as long as that holds. Otherwise:',
      '  Revoke it, then build the image so that no layer holds it: deleting it in a later layer does not help.',
    ],
  ]);
});

test.each(['PLM-C001', 'plm-c001', 'cis-di-0001'])('an image check in words, named by %s', (name) => {
  expect([explainCheck(checksNamed(index, name), index)]).toEqual([
    [
      'PLM-C001 (also CIS-DI-0001)',
      'The container runs as root',
      '',
      'Why it was reported',
      '  Severity medium: the configuration names no user.',
      '',
      'What to do',
      '  Switch to a user.',
    ],
  ]);
});

test('a check that failed at several places is told once', () => {
  expect(explainCheck(checksNamed(index, 'PLM-C005'), index)).toEqual([
    'PLM-C005',
    'A file runs with the rights of its owner',
    '',
    'Found in   /bin/su: setuid',
    'Found in   /bin/mount: setuid',
    'Layer      0, made by: COPY secrets /.',
    '',
    'Why it was reported',
    '  Severity low, at 2 places.',
    '',
    'What to do',
    '  Drop the bits.',
  ]);
});

test.each([
  'web',
  'Web@1.0.0',
  '@acme/web 1.0.0',
  '@acme/web@1.0.0',
  '@acme/web',
  'pkg:npm/%40acme/web',
  'pkg:npm/%40acme/web@1.0.0',
  '/app/package.json',
])('a package in words, named by %s', (name) => {
  expect(packagesNamed(index, name).map((found) => explainPackage(found, index))).toEqual([
    [
      '@acme/web 1.0.0 (npm)',
      'pkg:npm/%40acme/web@1.0.0',
      '',
      'Read from  /app/package.json',
      'Layer      0, made by: COPY secrets /.',
      'State      removed by layer 3, still readable in the image',
      'Licence    MIT',
      'Needed by  app 2.0.0',
      '',
      'What is known of it',
      '  CVE-1 (high), fixed in 1.0.1',
      '  CVE-2 (low), no fix is known, does not count',
    ],
  ]);
});

test('a package that nobody has advisories for is not called clean', () => {
  expect(packagesNamed(index, 'app').map((found) => explainPackage(found, index).at(-1))).toEqual([
    '  Nothing: the database has no advisories for npm.',
  ]);
});
