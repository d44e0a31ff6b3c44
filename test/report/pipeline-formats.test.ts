import { Ajv } from 'ajv';
import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../src/model/analysis.ts';
import { analysisFixture } from '../support/analysis-fixture.ts';
import { reportText } from '../support/report-text.ts';

/** A clean image: nothing found, nothing judged. */
function clean(): Analysis {
  const fixture = analysisFixture();
  return {
    ...fixture,
    vulnerabilities: [],
    fixPlan: [],
    secrets: [],
    misconfigurations: [],
    problems: [],
    policy: { verdict: 'pass', gates: [] },
  };
}

describe('junit', () => {
  it('counts failures and skips per suite', async () => {
    const text = await reportText('junit', analysisFixture());
    expect(XMLValidator.validate(text)).toBe(true);
    expect(text.match(/<testsuites? [^>]*>/g)).toEqual([
      '<testsuites name="plimsoll registry.example/shop:1.4" tests="13" failures="7" errors="0" skipped="5">',
      '<testsuite name="vulnerabilities of registry.example/shop:1.4" tests="6" failures="3" errors="0" skipped="3" time="0">',
      '<testsuite name="secrets of registry.example/shop:1.4" tests="3" failures="2" errors="0" skipped="1" time="0">',
      '<testsuite name="configuration of registry.example/shop:1.4" tests="1" failures="1" errors="0" skipped="0" time="0">',
      '<testsuite name="gates of registry.example/shop:1.4" tests="3" failures="1" errors="0" skipped="1" time="0">',
    ]);
  });

  it('gives a clean image one passing case per suite', async () => {
    const text = await reportText('junit', clean());
    expect(text.match(/<testcase [^>]*>/g)).toEqual([
      '<testcase classname="registry.example/shop:1.4" name="no vulnerabilities reported" time="0"/>',
      '<testcase classname="registry.example/shop:1.4" name="no secrets reported" time="0"/>',
      '<testcase classname="registry.example/shop:1.4" name="no configuration reported" time="0"/>',
      '<testcase classname="registry.example/shop:1.4" name="no gates reported" time="0"/>',
    ]);
  });

  it('escapes markup and shows control characters', async () => {
    const text = await reportText('junit', analysisFixture());
    expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;\\x1b[31m\\u202e');
    expect(text).not.toContain('<img');
  });
});

/** The demands of GitLab's schema 15.0.7 on a container scanning report that are easy to miss. */
const GITLAB = {
  type: 'object',
  required: ['version', 'scan', 'vulnerabilities'],
  properties: {
    version: { type: 'string', pattern: '^[0-9]+\\.[0-9]+\\.[0-9]+$' },
    scan: {
      type: 'object',
      required: ['analyzer', 'scanner', 'start_time', 'end_time', 'status', 'type'],
      properties: {
        start_time: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d$' },
        end_time: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d$' },
        status: { enum: ['success', 'failure'] },
        type: { const: 'container_scanning' },
        analyzer: { $ref: '#/$defs/tool' },
        scanner: { $ref: '#/$defs/tool' },
      },
    },
    vulnerabilities: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'identifiers', 'location'],
        properties: {
          id: { type: 'string', pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$' },
          name: { type: 'string', maxLength: 255 },
          severity: { enum: ['Info', 'Unknown', 'Low', 'Medium', 'High', 'Critical'] },
          solution: { type: 'string', maxLength: 7000 },
          links: {
            type: 'array',
            items: { type: 'object', properties: { url: { type: 'string', pattern: '^https?://.+' } } },
          },
          identifiers: {
            type: 'array',
            minItems: 1,
            items: {
              type: 'object',
              required: ['type', 'name', 'value'],
              properties: { url: { type: 'string', pattern: '^https?://.+' }, name: { type: 'string', minLength: 1 } },
            },
          },
          location: {
            type: 'object',
            required: ['dependency', 'operating_system', 'image'],
            properties: {
              operating_system: { type: 'string', minLength: 1, maxLength: 255 },
              image: { type: 'string', minLength: 1 },
            },
          },
        },
      },
    },
  },
  $defs: {
    tool: {
      type: 'object',
      required: ['id', 'name', 'version', 'vendor'],
      properties: { id: { type: 'string', minLength: 1 }, vendor: { type: 'object', required: ['name'] } },
    },
  },
};

describe('gitlab', () => {
  it('holds to the report schema', async () => {
    const validate = new Ajv().compile(GITLAB);
    validate(JSON.parse(await reportText('gitlab', analysisFixture())));
    expect(validate.errors).toBeNull();
  });

  it('lists open findings of the final file system only', async () => {
    const { vulnerabilities } = JSON.parse(await reportText('gitlab', analysisFixture()));
    expect(vulnerabilities.map((item: { name: string }) => item.name)).toEqual([
      'CVE-2023-5678 in openssl',
      'CVE-2021-23337 in lodash',
      'CVE-2024-0727 in openssl',
    ]);
  });

  it('names an operating system where the image has none', async () => {
    const fixture = analysisFixture();
    const image = { ...fixture.image, os: { id: '', prettyName: '' } };
    const { vulnerabilities } = JSON.parse(await reportText('gitlab', { ...fixture, image }));
    expect(vulnerabilities[0].location.operating_system).toBe('unknown');
  });

  it('offers no link that is not http', async () => {
    expect(await reportText('gitlab', analysisFixture())).not.toContain('javascript:');
  });
});

describe('csv', () => {
  it('lets no cell start as a formula', async () => {
    const fixture = analysisFixture();
    const [first, ...others] = fixture.vulnerabilities;
    if (first === undefined) throw new Error('the fixture has findings');
    for (const title of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '  =1']) {
      const text = await reportText('csv', { ...fixture, vulnerabilities: [{ ...first, title }, ...others] });
      const cells = text.split('\r\n')[1]?.match(/"(?:[^"]|"")*"/g) ?? [];
      expect(cells.length).toBe(12);
      expect(cells.at(-1)).toMatch(/^"'/);
    }
  });

  it('writes one row a finding, and one for coverage that was lost', async () => {
    const rows = (await reportText('csv', analysisFixture())).trimEnd().split('\r\n');
    expect(rows.map((row) => row.split(',').slice(0, 2).join(','))).toEqual([
      'kind,id',
      '"vulnerability","CVE-2023-5678"',
      '"vulnerability","CVE-2021-23337"',
      '"vulnerability","CVE-2024-0727"',
      '"vulnerability","CVE-2023-38545"',
      '"vulnerability","CVE-2019-10744"',
      '"vulnerability","CVE-2020-8203"',
      '"secret","aws-access-key"',
      '"secret","github-token"',
      '"secret","generic-password"',
      '"configuration","PLM-C001"',
      '"problem","PLM_JAR_DAMAGED"',
    ]);
  });
});

describe('markdown', () => {
  it('leads with the verdict and what the numbers hide', async () => {
    const lines = (await reportText('markdown', analysisFixture())).split('\n');
    expect(lines.slice(0, 5)).toEqual([
      '## Plimsoll: ❌ failed (1 of 2 gates failed, 1 warning)',
      '',
      '<code>registry.example/shop:1.4</code>, Debian GNU/Linux 12 \\(bookworm\\), linux/amd64',
      '',
      '> One problem cost coverage: see "Coverage lost".',
    ]);
  });

  it('keeps markup, links, mentions and table cells of the image as text', async () => {
    const fixture = analysisFixture();
    const [first] = fixture.vulnerabilities;
    if (first === undefined) throw new Error('the fixture has findings');
    const hostile = { ...first, id: '[x](https://evil.example) @team | <b> `c`' };
    const text = await reportText('markdown', { ...fixture, vulnerabilities: [hostile] });
    expect(text).toContain('\\[x\\]\\(https:&#8203;//evil.example\\) &#64;team \\| &#60;b&#62; \\`c\\`');
  });
});
