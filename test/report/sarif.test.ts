import { describe, expect, it } from 'vitest';
import type { ReportOptions } from '../../src/report/format.ts';
import { relativeUri, securitySeverity } from '../../src/report/sarif/sarif-result.ts';
import { analysisFixture } from '../support/analysis-fixture.ts';
import { reportText } from '../support/report-text.ts';

async function run(options: Partial<ReportOptions> = {}) {
  return JSON.parse(await reportText('sarif', analysisFixture(), options)).runs[0];
}

describe('sarif', () => {
  it('locates a finding by a relative path with all four borders of a region', async () => {
    const { results } = await run();
    expect(results[0]).toEqual({
      ruleId: 'CVE-2023-5678',
      ruleIndex: 0,
      level: 'error',
      message: {
        text: 'openssl 3.0.11-1~deb12u1 has CVE-2023-5678 (critical), fixed in 3.0.11-1~deb12u2. Added by layer 1 (Dockerfile:3): RUN apt-get update && apt-get install -y openssl.',
      },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'var/lib/dpkg/status', uriBaseId: 'ROOTPATH' },
            region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
          },
          message: { text: 'layer 1 (Dockerfile:3): RUN apt-get update && apt-get install -y openssl' },
        },
      ],
      partialFingerprints: { primaryLocationLineHash: expect.stringMatching(/^[0-9a-f]{16}:1$/) },
    });
  });

  it('orders results worst first and lowers what only history holds', async () => {
    const { results } = await run();
    expect(results.map((item: { ruleId: string; level: string }) => `${item.ruleId} ${item.level}`)).toEqual([
      'CVE-2023-5678 error',
      'aws-access-key error',
      'CVE-2021-23337 error',
      'github-token error',
      'PLM-C001 warning',
      'CVE-2023-38545 note',
      'CVE-2024-0727 note',
    ]);
  });

  it('gives security severities as text in the band of the severity', async () => {
    const { tool } = await run();
    const severities = tool.driver.rules.map((rule: { id: string; properties: Record<string, string> }) => [
      rule.id,
      rule.properties['security-severity'],
    ]);
    expect(Object.fromEntries(severities)).toMatchObject({
      'CVE-2023-5678': '9.8',
      'CVE-2021-23337': '8.0',
      'PLM-C001': '5.5',
    });
    expect(Object.fromEntries(severities)['CVE-2024-0727']).toBeUndefined();
  });

  it('says what suppressed a finding and which coverage was lost', async () => {
    const { results, invocations } = await run({ showSuppressed: true });
    const suppressed = results.filter((item: { suppressions?: unknown }) => item.suppressions !== undefined);
    expect(suppressed.map((item: { ruleId: string }) => item.ruleId)).toEqual([
      'CVE-2019-10744',
      'generic-password',
      'CVE-2020-8203',
    ]);
    expect(invocations[0].toolExecutionNotifications).toEqual([
      {
        level: 'warning',
        descriptor: { id: 'PLM_JAR_DAMAGED' },
        message: { text: '/app/broken.jar: the central directory is cut off: packages inside were not read' },
      },
    ]);
  });

  it('names its category by the image without tag', async () => {
    expect((await run()).automationDetails).toEqual({ id: 'plimsoll/registry.example/shop/' });
  });

  it('keeps within the number of results that code scanning takes, and says so', async () => {
    const fixture = analysisFixture();
    const [first] = fixture.vulnerabilities;
    if (first === undefined) throw new Error('the fixture has findings');
    const many = Array.from({ length: 25_001 }, () => first);
    const { runs } = JSON.parse(
      await reportText('sarif', {
        ...fixture,
        vulnerabilities: many,
        secrets: [],
        misconfigurations: [],
        problems: [],
      }),
    );
    expect(runs[0].results.length).toBe(25_000);
    expect(runs[0].invocations[0].toolExecutionNotifications[0].message.text).toBe(
      '1 less severe findings were left out: code scanning takes 25000',
    );
  });
});

describe('relativeUri', () => {
  it.each([
    ['/etc/passwd', 'etc/passwd'],
    ['/opt/app.jar!/lib/x y.jar', 'opt/app.jar!/lib/x%20y.jar'],
    ['', 'image'],
    ['/', 'image'],
    ['/../../etc', 'etc'],
    ['/javascript:alert(1)', 'javascript%3Aalert(1)'],
    ['/a\ud800b', 'a%EF%BF%BDb'],
  ])('makes %j the reference %s', (path, uri) => {
    expect(relativeUri(path)).toBe(uri);
  });
});

describe('securitySeverity', () => {
  it.each([
    ['critical', 9.8, '9.8'],
    ['critical', 7.5, '9.5'],
    ['low', 9.8, '2.0'],
    ['negligible', undefined, '0.5'],
    ['unknown', 9.8, undefined],
  ] as const)('of %s with score %s is %s', (severity, score, expected) => {
    expect(securitySeverity(severity, score)).toBe(expected);
  });
});
