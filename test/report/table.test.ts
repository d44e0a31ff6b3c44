import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../src/model/analysis.ts';
import { analysisFixture } from '../support/analysis-fixture.ts';
import { reportText } from '../support/report-text.ts';

const EXPECTED = `FAILED  1 of 2 gates failed, 1 warning
Image            registry.example/shop:1.4
Platform         linux/amd64, 4 layers
Base image       1 of 4 layers; 0 of the 3 open vulnerabilities came with it
System           Debian GNU/Linux 12 (bookworm), supported until 2028-06-30
Packages         5, 2 of them only in history
Vulnerabilities  1 critical, 1 high, 1 unknown
                 2 fixable, 1 known exploited, 1 more only in history, 2
                 suppressed
Secrets          1 proven, 1 structured; 1 in files deleted or overwritten later
Hidden files     1 deleted (120 B), 1 overwritten (90.0 kB), efficiency 98.8%
Configuration    1 finding
Database         nightly 42 of 2026-11-01
Mind             One problem cost coverage: see "Coverage lost".

Gates
  FAIL  severity: 1 finding is critical
  WARN  secrets: 2 secrets

Fix first
  openssl 3.0.11-1~deb12u1 -> 3.0.11-1~deb12u2
    layer 0, clears CVE-2023-5678 and 1 more
  lodash 4.17.15 -> 4.17.21
    layer 2, clears CVE-2021-23337

Worst findings
  critical   CVE-2023-5678 EXPLOITED
             openssl 3.0.11-1~deb12u1, fixed in 3.0.11-1~deb12u2
             layer 1 (Dockerfile:3): RUN apt-get update && apt-get install -y o…
  high       CVE-2021-23337
             lodash 4.17.15, fixed in 4.17.21
             layer 2 (Dockerfile:5): COPY . /app
  unknown    CVE-2024-0727
             openssl 3.0.11-1~deb12u1, no fix yet
             layer 1 (Dockerfile:3): RUN apt-get update && apt-get install -y o…
  high       CVE-2023-38545 deleted
             curl 7.88.1-10, fixed in 7.88.1-10+deb12u4
             layer 1 (Dockerfile:3): RUN apt-get update && apt-get install -y o…

Secrets
  proven     AWS access key  AKIA************
             /app/.env:4
             layer 2, deleted in layer 3: still readable in the image
  structured github-token  ghp_****
             env GH_TOKEN

Deleted files that are still in the image (largest first)
      120 B  /app/.env  added in 2, gone in 3

Configuration
  medium     PLM-C001  The image runs as root
             USER is not set
             add a USER instruction

3 findings suppressed; --show-suppressed lists them

Coverage lost
  PLM_JAR_DAMAGED  layer 2 /app/broken.jar
    the central directory is cut off: packages inside were not read
`;

describe('table', () => {
  it('shows verdict, numbers, fixes, findings, secrets, hidden files and lost coverage', async () => {
    expect(await reportText('table', analysisFixture())).toBe(EXPECTED);
  });

  it('names no layer where the image has none, as one read from an SBOM of others', async () => {
    const fixture = analysisFixture();
    const image = { ...fixture.image, layers: [] };
    const text = await reportText('table', { ...fixture, image, secrets: [], problems: [] });
    expect(text.split('\n').filter((line) => line.includes('layer'))).toEqual([
      'Platform         linux/amd64, 0 layers',
    ]);
    expect(text).toContain(`Fix first
  openssl 3.0.11-1~deb12u1 -> 3.0.11-1~deb12u2
    clears CVE-2023-5678 and 1 more
`);
    expect(text).toContain(`Worst findings
  critical   CVE-2023-5678 EXPLOITED
             openssl 3.0.11-1~deb12u1, fixed in 3.0.11-1~deb12u2
  high `);
  });

  it.each([40, 60, 80, 120])('keeps every line within %i columns', async (columns) => {
    const lines = (await reportText('table', analysisFixture(), { columns, showSuppressed: true })).split('\n');
    expect(lines.filter((line) => line.length > columns)).toEqual([]);
  });

  it('lets no control or bidirectional character of the image through', async () => {
    const text = await reportText('table', analysisFixture(), { showSuppressed: true, columns: 400 });
    expect(text).toContain('\\x1b[31m\\u202e');
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it('colours only when asked to', async () => {
    expect(await reportText('table', analysisFixture())).not.toContain('\u001b[');
    expect(await reportText('table', analysisFixture(), { color: true })).toContain('\u001b[31m');
  });

  it('names each check once with its places', async () => {
    const fixture = analysisFixture();
    const [check] = fixture.misconfigurations;
    if (check === undefined) throw new Error('the fixture has a failed check');
    const setuid = { ...check, id: 'PLM-C005', title: 'A file runs as its owner', evidence: 'setuid' };
    const misconfigurations = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ ...setuid, path: `/bin/${name}` }));
    const text = await reportText('table', { ...fixture, misconfigurations });
    expect(text.slice(text.indexOf('\nConfiguration\n')).split('\n').slice(1, 8)).toEqual([
      'Configuration',
      '  medium     PLM-C005  A file runs as its owner',
      '             /bin/a: setuid',
      '             /bin/b: setuid',
      '             /bin/c: setuid',
      '             and 2 more places',
      '             add a USER instruction',
    ]);
  });

  it('does not praise an image that no gate judged', async () => {
    const unjudged = { ...analysisFixture(), policy: { verdict: 'pass', gates: [] } } as const;
    expect((await reportText('table', unjudged)).split('\n')[0]).toBe(
      'NOT JUDGED  no gate is set (--fail-on sets one)',
    );
  });

  it('asks for no upgrade and praises nothing where all findings were accepted', async () => {
    const fixture = analysisFixture();
    const suppressed = { reason: 'baseline' } as const;
    const accepted: Analysis = {
      ...fixture,
      vulnerabilities: fixture.vulnerabilities.map((finding) => ({ ...finding, suppressed })),
      secrets: fixture.secrets.map((secret) => ({ ...secret, suppressed })),
    };
    const lines = (await reportText('table', accepted)).split('\n');
    expect(lines.filter((line) => /^(Vulnerabilities|Secrets|Fix first)/.test(line))).toEqual([
      'Vulnerabilities  none open',
      'Secrets          none open, 3 suppressed',
    ]);
  });

  it('does not call packages clean that the database has no data for', async () => {
    const fixture = analysisFixture();
    const [openssl, lodash] = fixture.packages.filter((item) => item.state === 'present');
    const { bundle } = fixture;
    if (bundle === undefined || openssl === undefined || lodash === undefined) throw new Error('fixture');
    const judged = (...packageIds: readonly string[]): Analysis => ({
      ...fixture,
      vulnerabilities: [],
      packages: [openssl, lodash],
      bundle: { ...bundle, coverage: { os: 'noData', unjudged: [{ missing: 'Debian 12', packageIds }] } },
    });
    const lines = async (analysis: Analysis): Promise<readonly string[]> =>
      (await reportText('table', analysis)).split('\n').filter((line) => /^Vulner|could not be judged/.test(line));
    expect([await lines(judged(openssl.id)), await lines(judged(openssl.id, lodash.id))]).toEqual([
      [
        'Vulnerabilities  none known in 1 of 2 packages',
        'Mind             1 of 2 packages could not be judged (no data for Debian 12).',
      ],
      [
        'Vulnerabilities  could not tell: no package could be judged',
        'Mind             2 of 2 packages could not be judged (no data for Debian 12).',
      ],
    ]);
  });

  it('does not call clean what was not looked for', async () => {
    const { deleted: _, overwritten: __, ...files } = analysisFixture().files;
    const text = await reportText('table', {
      ...analysisFixture(),
      scanners: ['vuln'],
      secrets: [],
      files: { ...files, deleted: [], overwritten: [] },
    });
    expect(text.split('\n').filter((line) => /^(?:Secrets|Hidden)/.test(line))).toEqual([
      'Secrets          not looked for',
      'Hidden files     not looked for',
    ]);
  });

  it('says that vulnerabilities were not looked for without a database', async () => {
    const { bundle, ...unmatched } = analysisFixture();
    expect(bundle?.sequence).toBe(42);
    expect(await reportText('table', { ...unmatched, vulnerabilities: [] })).toContain(
      'Vulnerabilities  not looked for (no advisory database)',
    );
  });

  it.each([
    [{ checked: 12, withoutDigest: 0, modified: [] }, '12 verified, none changed'],
    [{ checked: 12, withoutDigest: 3, modified: [CHANGED] }, '12 verified, 1 changed; no digest known of 3 more'],
  ])('says how the files of packages compare', async (integrity, expected) => {
    const { files, ...analysis } = analysisFixture();
    expect(await reportText('table', { ...analysis, files: { ...files, integrity } })).toContain(
      `\nPackage files    ${expected}\n`,
    );
  });
});

const CHANGED = { path: '/bin/a', layer: 0, packageId: 'p', algorithm: 'md5', expected: '1', found: '2' };
