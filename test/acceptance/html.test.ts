import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Analysis } from '../../src/model/analysis.ts';
import { analysisFixture } from '../support/analysis-fixture.ts';
import { reportText } from '../support/report-text.ts';
import { lacksChromium, launchChromium, type WatchedPage, watchedPage } from '../support/watched-browser.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-html-'));
let browser: Browser;

async function open(
  analysis: Analysis,
  options: { readonly colorScheme?: 'dark' | 'light' } = {},
): Promise<WatchedPage> {
  const file = join(folder, `${Math.random()}.html`);
  writeFileSync(file, await reportText('html', analysis));
  const { page, complaints } = await watchedPage(browser, file, options);
  await page.goto(`file://${file}`);
  await page.waitForSelector('html.ready');
  return { page, complaints };
}

/** Twenty thousand findings over four thousand packages. */
function manyFindings(): Analysis {
  const fixture = analysisFixture();
  const [template] = fixture.packages;
  const [finding] = fixture.vulnerabilities;
  if (template === undefined || finding === undefined) throw new Error('the fixture has packages and findings');
  const severities = ['critical', 'high', 'medium', 'low', 'negligible', 'unknown'] as const;
  const packages = Array.from({ length: 4000 }, (_, index) => ({
    ...template,
    id: `p${index}`,
    name: `package-${index}`,
  }));
  const vulnerabilities = Array.from({ length: 20_000 }, (_, index) => ({
    ...finding,
    id: `CVE-2020-${10_000 + index}`,
    packageId: `p${index % 4000}`,
    severity: severities[index % 6] ?? 'unknown',
  }));
  return { ...fixture, packages, vulnerabilities };
}

describe.skipIf(lacksChromium('html'))('the HTML report in Chromium', () => {
  beforeAll(async () => {
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(['light', 'dark'] as const)(
    'renders in %s without console message, error or request',
    async (colorScheme) => {
      const { page, complaints } = await open(analysisFixture(), { colorScheme });
      expect(await page.locator('.verdict strong').textContent()).toBe('FAILED');
      expect(await page.locator('#findings-table tbody tr[data-index]').count()).toBe(4);
      expect(await page.locator('details.layer').count()).toBe(4);
      expect(complaints).toEqual([]);
      await page.close();
    },
  );

  it('shows hostile text as text and runs none of it', async () => {
    const { page, complaints } = await open(analysisFixture());
    for (const summary of await page.locator('details.layer summary').all()) await summary.click();
    await page.locator('#findings-table tr[data-index="0"]').click();
    expect(await page.locator('dialog#panel .lead').textContent()).toContain(
      '<img src=x onerror=alert(1)>\\x1b[31m\\u202e',
    );
    expect(await page.locator('main img, dialog img').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('searches, filters and sorts', async () => {
    const { page } = await open(analysisFixture());
    const ids = () => page.locator('#findings-table tbody tr[data-index] td.id').allTextContents();
    await page.getByLabel('Search findings').fill('lodash');
    expect(await ids()).toEqual(['CVE-2021-23337']);
    await page.getByRole('button', { name: /^suppressed/ }).click();
    expect(await ids()).toEqual(['CVE-2019-10744', 'CVE-2020-8203']);
    await page.getByRole('button', { name: /^suppressed/ }).click();
    await page.getByLabel('Search findings').fill('');
    await page.getByRole('button', { name: /^critical/ }).click();
    expect(await ids()).toEqual(['CVE-2023-5678exploited']);
    await page.getByRole('button', { name: /^critical/ }).click();
    await page.locator('#findings-table th.id button').click();
    expect(await ids()).toEqual(['CVE-2021-23337', 'CVE-2023-38545deleted', 'CVE-2023-5678exploited', 'CVE-2024-0727']);
    expect(await page.locator('#findings-table th.id').getAttribute('aria-sort')).toBe('ascending');
    await page.close();
  });

  it('is used by keyboard: rows, panel, focus back', async () => {
    const { page } = await open(analysisFixture());
    await page.locator('#findings-table tr[data-index="0"]').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await page.locator('dialog#panel h2').textContent()).toBe('CVE-2021-23337');
    await page.keyboard.press('Escape');
    expect(await page.locator('dialog#panel').isVisible()).toBe(false);
    expect(await page.evaluate("document.activeElement.getAttribute('data-index')")).toBe('1');
    await page.close();
  });

  it('keeps twenty thousand findings out of the page until they come into view', async () => {
    const { page, complaints } = await open(manyFindings());
    const rows = page.locator('#findings-table tbody tr[data-index]');
    expect(await rows.count()).toBeLessThan(100);
    expect(await page.locator('#findings-table table').getAttribute('aria-rowcount')).toBe('20001');
    await page.locator('#findings-table tr[data-index="0"]').focus();
    await page.keyboard.press('End');
    expect(await rows.last().getAttribute('aria-rowindex')).toBe('20001');
    await page.getByLabel('Search findings').fill('package-3999');
    expect(await page.locator('#findings-table .count').textContent()).toBe('5 findings of 20,000');
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('prints its tables whole', async () => {
    const { page } = await open(manyFindings());
    await page.evaluate("void window.dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator('#findings-table tbody tr[data-index]').count()).toBe(2000);
    await page.evaluate("void window.dispatchEvent(new Event('afterprint'))");
    expect(await page.locator('#findings-table tbody tr[data-index]').count()).toBeLessThan(100);
    await page.close();
  });

  it('tells screen readers names and roles', async () => {
    const { page } = await open(analysisFixture());
    expect(
      await page
        .locator('button:not([aria-label])')
        .evaluateAll((all) => all.filter((button) => (button.textContent ?? '').trim() === '').length),
    ).toBe(0);
    expect(await page.locator('input:not([aria-label])').count()).toBe(0);
    expect(await page.getByRole('navigation', { name: 'Parts of the report' }).count()).toBe(1);
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    await page.close();
  });
});
