import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);

/** Whether no browser is here; says on the console what is left out then. */
export function lacksChromium(suite: string): boolean {
  if (CHROMIUM === undefined) console.log(`${suite}: no Chromium on this machine, the browser tests are left out`);
  return CHROMIUM === undefined;
}

export async function launchChromium(): Promise<Browser> {
  return await chromium.launch({
    executablePath: CHROMIUM ?? '',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
}

/** A page, and what it did that it must not: console messages, errors, dialogs, requests beyond its own file. */
export interface WatchedPage {
  readonly page: Page;
  readonly complaints: readonly string[];
}

/** A page that is watched before it opens the file. */
export async function watchedPage(
  browser: Browser,
  file: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => void dialog.dismiss().then(() => complaints.push('dialog')));
  page.on('request', (request) => {
    if (request.url() !== `file://${file}`) complaints.push(`request: ${request.url()}`);
  });
  return { page, complaints };
}
