import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { html } from '../../src/report/html/markup.ts';
import { analysisFixture } from '../support/analysis-fixture.ts';
import { reportText } from '../support/report-text.ts';

function between(text: string, start: string, end: string): string {
  const from = text.indexOf(start) + start.length;
  return text.slice(from, text.indexOf(end, from));
}

describe('html', () => {
  it('allows by policy exactly the script and the style it holds, and nothing else', async () => {
    const page = await reportText('html', analysisFixture());
    const hash = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;
    const script = page.slice(page.lastIndexOf('<script>') + '<script>'.length, page.lastIndexOf('</script>'));
    const style = between(page, '<style>', '</style>');
    const policy = between(page, 'content="default-src', '"');
    expect(policy.replaceAll('&#39;', "'")).toBe(
      ` 'none'; script-src '${hash(script)}'; style-src '${hash(style)}'; base-uri 'none'; form-action 'none'`,
    );
  });

  it('has no markup of the image, no inline handler, no inline style and no address it would load', async () => {
    const page = await reportText('html', analysisFixture());
    expect(page).not.toContain('<img');
    expect(page).not.toMatch(/<[^>]+ (?:on\w+|style|src)=/);
    expect(page).not.toMatch(/<(?:link|iframe|object|embed|base|form)\b/);
    expect(page).not.toContain('javascript:');
  });

  it('carries its data as JSON that cannot end its element', async () => {
    const fixture = analysisFixture();
    const [first] = fixture.packages;
    if (first === undefined) throw new Error('the fixture has packages');
    const name = '</script><script>alert(1)</script><!--';
    const page = await reportText('html', { ...fixture, packages: [{ ...first, name, type: 'npm' }] });
    const data = JSON.parse(between(page, '<script type="application/json" id="data">', '</script>'));
    expect(data.packages[0].name).toBe(`debian/${name}`);
    expect(page.match(/<script[^>]*>/g)).toEqual(['<script type="application/json" id="data">', '<script>']);
  });

  it('gives the script redacted secrets and only http links', async () => {
    const page = await reportText('html', analysisFixture());
    const data = JSON.parse(between(page, '<script type="application/json" id="data">', '</script>'));
    expect(data.secrets[0]).toEqual({
      title: 'AWS access key',
      verdict: 'proven',
      severity: 'critical',
      place: '/app/.env:4',
      layer: 2,
      state: 'deleted',
      removedIn: 3,
      match: 'AKIA************',
      proof: 'crc32',
    });
    expect(data.findings[0].links).toEqual([
      'https://nvd.nist.gov/vuln/detail/CVE-2023-5678',
      'https://example.org/advisory',
    ]);
  });

  it('tells verdict, gates, fixes and coverage without its script', async () => {
    const page = await reportText('html', analysisFixture());
    const body = page.slice(page.indexOf('<body>'), page.indexOf('<script type="application/json"'));
    for (const text of [
      'FAILED',
      '1 finding is critical',
      '3.0.11-1~deb12u2',
      'the central directory is cut off',
      'nightly 42',
    ]) {
      expect(body).toContain(text);
    }
  });
});

describe('markup', () => {
  it('escapes inserted text and keeps inserted markup', () => {
    expect(html`<p title="${'"\'`&<>'}">${[html`<b>${1}</b>`, '<i>', undefined]}</p>`.markup).toBe(
      '<p title="&#34;&#39;&#96;&#38;&#60;&#62;"><b>1</b>&#60;i></p>'.replace('&#60;i>', '&#60;i&#62;'),
    );
  });
});
