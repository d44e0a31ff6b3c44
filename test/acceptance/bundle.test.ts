import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const repository = join(import.meta.dirname, '..', '..');
const feeds = join(repository, '..', 'shared', 'feeds');
const main = join(repository, 'src', 'cli', 'main.ts');
const hasFeeds = existsSync(feeds);
if (!hasFeeds) console.log(`skipped: bundles of real feeds, there is nothing at ${feeds}`);

let folder = '';

function plimsoll(args: readonly string[], environment: Readonly<Record<string, string>> = {}): string {
  return execFileSync(process.execPath, [main, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function build(
  name: string,
  from: string,
  environment: Readonly<Record<string, string>> = {},
  more: readonly string[] = [],
): string {
  const out = join(folder, name);
  const trust = ['--root', join(folder, 'trust', 'root.json'), '--key', join(folder, 'trust', 'release-1.key')];
  const printed = plimsoll(
    [
      'db',
      'build',
      '--feeds',
      from,
      '--out',
      out,
      '--channel',
      'nightly',
      '--built-at',
      '2026-11-20T00:00:00Z',
      ...trust,
      ...more,
    ],
    environment,
  );
  return /contentId ([0-9a-f]{64})/.exec(printed)?.[1] ?? '';
}

describe.runIf(hasFeeds)('bundle of the real feeds', () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'plimsoll-bundle-'));
    plimsoll(['trust', 'generate', '--out', join(folder, 'trust'), '--no-passphrase']);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('has one content id over two builds in other folders, time zones and file orders, verifies and installs', () => {
    const copy = join(folder, 'other place', 'feeds');
    cpSync(feeds, copy, { recursive: true });
    const first = build('full.plb', feeds, { TZ: 'UTC', LANG: 'C' }, ['--sequence', '1']);
    const second = build('again.plb', copy, { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8' }, ['--sequence', '1']);
    expect(second).toBe(first);
    const root = ['--root', join(folder, 'trust', 'root.json')];
    expect(plimsoll(['db', 'verify', join(folder, 'full.plb'), ...root])).toContain(`contentId ${first}`);
    const store = ['--db', join(folder, 'db')];
    expect(plimsoll(['db', 'import', join(folder, 'full.plb'), ...store, ...root])).toContain('imported');
    expect(plimsoll(['db', 'import', join(folder, 'again.plb'), ...store])).toContain('already current');
    const status: unknown = JSON.parse(plimsoll(['db', 'status', ...store, '--format', 'json']));
    expect(status).toMatchObject({ installed: { contentId: first, channel: 'nightly', sequence: 1 }, warnings: [] });
    expect(plimsoll(['db', 'search', 'CVE-2021-44228', ...store])).toContain('DSA-5020-1');
  });

  it('writes a small delta for one changed feed, which installs to the content of the full bundle', () => {
    const changed = join(folder, 'changed');
    cpSync(feeds, changed, { recursive: true });
    const record = {
      id: 'GHSA-test',
      modified: '2026-11-21T00:00:00Z',
      affected: [{ package: { ecosystem: 'npm', name: 'a' }, versions: ['1.0.0'] }],
    };
    execFileSync('sh', [
      '-c',
      'chmod -R u+w "$1" && printf %s "$2" > "$1/osv/npm/GHSA-test.json"',
      '-',
      changed,
      JSON.stringify(record),
    ]);
    const full = build('next.plb', changed, {}, ['--sequence', '2']);
    const delta = build('delta.plb', changed, {}, ['--sequence', '2', '--since', join(folder, 'full.plb')]);
    expect(delta).toBe(full);
    const size = (name: string) => readFileSync(join(folder, name)).length;
    expect(size('delta.plb') / size('next.plb')).toBeLessThan(0.15);
    expect(plimsoll(['db', 'import', join(folder, 'delta.plb'), '--db', join(folder, 'db')])).toContain(
      `contentId ${full}`,
    );
    expect(plimsoll(['db', 'diff', '--db', join(folder, 'db')])).toBe('npm a: +GHSA-test\n1 package differs\n');
    expect(readdirSync(join(folder, 'db')).sort()).toEqual(['CURRENT', 'audit.jsonl', 'bundles', 'receipts', 'trust']);
  });

  it('finds the starter set in agreement with the feeds', () => {
    expect(
      execFileSync(process.execPath, [join(repository, 'scripts', 'check-starter.ts')], { encoding: 'utf8' }),
    ).toContain('0 contradicted');
  });
});
