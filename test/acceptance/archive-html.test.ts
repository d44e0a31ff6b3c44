import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderAffected } from '../../src/store/reports/render-affected.ts';
import { renderTrends } from '../../src/store/reports/render-trends.ts';
import type { TrendGroup } from '../../src/store/reports/trends.ts';
import { lacksChromium, launchChromium, type WatchedPage, watchedPage } from '../support/watched-browser.ts';

const HOSTILE = `"><img src=x onerror=alert(1)><script>alert(2)</script></title>'\u202e\u001b[31m{{7*7}}javascript:alert(3)`;
/** As a reader sees it: text, with what would reorder or hide letters spelled out. */
const SHOWN = HOSTILE.replace('\u202e', '\\u202e').replace('\u001b', '\\x1b');

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-archive-html-'));
let browser: Browser;

async function open(html: string): Promise<WatchedPage> {
  const file = join(folder, `${Math.random()}.html`);
  writeFileSync(file, html);
  const { page, complaints } = await watchedPage(browser, file);
  await page.route('http*://**', (route) => route.abort());
  await page.goto(`file://${file}`, { waitUntil: 'networkidle' });
  return { page, complaints };
}

/** A month in which findings come and go. */
function month(group: string, height: number): TrendGroup {
  const days = Array.from({ length: 30 }, (_, index) => ({
    day: `2026-01-${String(index + 1).padStart(2, '0')}`,
    open: (index * height) % 17,
    new: index % 3,
    fixed: index % 2,
  }));
  return { group, days, meanDaysToFix: 3.5 };
}

const EVENT = {
  kind: 'added',
  cause: 'new-advisory',
  advisory: HOSTILE,
  aliases: [],
  packageId: HOSTILE,
  purl: 'pkg:npm/a@1',
  state: 'deleted',
  layer: 2,
  severity: 'critical',
  fixedIn: [HOSTILE],
  vulnerability: HOSTILE,
  at: '2026-01-01T00:00:00Z',
} as const;

describe.skipIf(lacksChromium('archive-html'))('the pages of the archive in Chromium', () => {
  beforeAll(async () => {
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('trends: a line and a row for each group, drawn within the chart, and nothing else happens', async () => {
    const { page, complaints } = await open(renderTrends([month('critical', 3), month('high', 5)], 'html'));
    expect(await page.title()).toBe('Findings over time');
    expect(await page.locator('tbody tr').allInnerTexts()).toEqual([
      '■ critical\t2\t30\t15\t3.5',
      '■ high\t9\t30\t15\t3.5',
    ]);
    const chart = await page.getByRole('img', { name: 'open findings by day' }).boundingBox();
    for (const line of await page.locator('svg polyline').all()) {
      const box = await line.boundingBox();
      const [left = 0, top = 0, width = 0, height = 0] = [box?.x, box?.y, box?.width, box?.height];
      expect(left).toBeGreaterThanOrEqual(chart?.x ?? Number.POSITIVE_INFINITY);
      expect(top).toBeGreaterThanOrEqual(chart?.y ?? Number.POSITIVE_INFINITY);
      expect(left + width).toBeLessThanOrEqual((chart?.x ?? 0) + (chart?.width ?? 0));
      expect(top + height).toBeLessThanOrEqual((chart?.y ?? 0) + (chart?.height ?? 0));
      expect(Math.min(width, height)).toBeGreaterThan(50);
    }
    expect(await page.locator('svg polyline').count()).toBe(2);
    expect(await page.locator('svg text').allTextContents()).toEqual(['16', '0', '2026-01-01', '2026-01-30']);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it.each([
    ['no group', []],
    ['a single day', [{ group: 'all', days: [{ day: '2026-01-01', open: 0, new: 0, fixed: 0 }] }]],
  ])('trends of %s still are a page', async (_name, groups) => {
    const { page, complaints } = await open(renderTrends(groups, 'html'));
    expect(await page.locator('tbody tr').count()).toBe(groups.length);
    expect(await page.locator('svg').isVisible()).toBe(true);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('trends: hostile names are text and run nothing', async () => {
    const { page, complaints } = await open(renderTrends([month(HOSTILE, 3)], 'html'));
    expect(await page.locator('tbody td').first().textContent()).toBe(`■ ${SHOWN}`);
    expect(await page.locator('polyline title').textContent()).toBe(SHOWN);
    expect(await page.locator('img, script, body a').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('affected images: hostile names are text and run nothing', async () => {
    const report = { from: null, to: null, images: [{ image: HOSTILE, ref: HOSTILE, events: [EVENT] }] };
    const { page, complaints } = await open(renderAffected(report, 'html'));
    expect(await page.locator('h2').textContent()).toBe(`${SHOWN} (${SHOWN})`);
    expect(await page.locator('tr.critical td').allTextContents()).toEqual([
      'added',
      'critical',
      SHOWN,
      SHOWN,
      'layer 2, deleted',
      'new-advisory',
      SHOWN,
    ]);
    expect(await page.locator('img, script, body a').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('a page that tried would be noticed', async () => {
    const { page, complaints } = await open('<img src="http://192.0.2.1/x"><script>alert(1)</script>');
    expect(complaints).toContain('request: http://192.0.2.1/x');
    expect(complaints).toContain('dialog');
    await page.close();
  });
});
