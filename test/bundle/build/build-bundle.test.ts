import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type BuildRequest, buildBundle } from '../../../src/bundle/build/build-bundle.ts';
import { openStore, readRelease } from '../../../src/bundle/open-bundle.ts';
import { findEpss } from '../../../src/bundle/sections/epss.ts';
import { NODE_FILE_SYSTEM } from '../../../src/bundle/store/file-system.ts';
import { verifyBundle } from '../../../src/bundle/verify-bundle.ts';
import { BUILT, Lab, makeRoot, RELEASE_KEYS, refusalOf, TODAY } from '../../support/bundle/bundle-lab.ts';

const root = makeRoot();
const folders: string[] = [];

afterEach(() => {
  vi.unstubAllEnvs();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function record(id: string, name: string, fixed = '1.0.0'): string {
  return JSON.stringify({
    id,
    modified: '2026-11-01T00:00:00Z',
    affected: [
      { package: { ecosystem: 'npm', name }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed }] }] },
    ],
  });
}

/** Feeds with forty npm advisories, as a zip or as loose files, in either order. */
function feeds(form: 'zip' | 'reversed zip' | 'files', extra: Record<string, string> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-feeds-'));
  folders.push(folder);
  const base = join(folder, 'osv', 'npm');
  mkdirSync(base, { recursive: true });
  const some = Object.fromEntries(
    Array.from({ length: 40 }, (_, at) => [`GHSA-${at}.json`, record(`GHSA-${at}`, `package-${at}`)]),
  );
  const records = { ...some, ...extra };
  const names = form === 'reversed zip' ? Object.keys(records).reverse() : Object.keys(records);
  const entries = names.map((name) => [name, Buffer.from(records[name] ?? '')] as const);
  if (form === 'files') for (const [name, bytes] of entries) writeFileSync(join(base, name), bytes);
  else writeFileSync(join(base, 'all.zip'), zipSync(Object.fromEntries(entries)));
  writeFileSync(
    join(folder, 'kev.json'),
    JSON.stringify({ vulnerabilities: [{ cveID: 'CVE-2021-44228', dateAdded: '2021-12-10' }] }),
  );
  writeFileSync(
    join(folder, 'epss.csv.gz'),
    gzipSync('#score_date:2026-11-20T00:00:00Z\ncve,epss,percentile\nCVE-2021-44228,0.97565,1\nnonsense,2,3\n'),
  );
  return folder;
}

function build(folder: string, change: Partial<BuildRequest> = {}) {
  return buildBundle({
    fs: NODE_FILE_SYSTEM,
    feeds: folder,
    channel: 'lab',
    sequence: 1,
    builtAt: Date.parse(BUILT),
    roots: [root],
    keys: [RELEASE_KEYS[0]],
    ...change,
  });
}

describe('build', () => {
  it('gives one content id for a zip, the same zip in another order, and loose files, whatever the time zone', () => {
    const forms = [
      ['UTC', 'zip'],
      ['Pacific/Kiritimati', 'reversed zip'],
      ['America/St_Johns', 'files'],
    ] as const;
    const [first, ...others] = forms.map(([zone, form]) => {
      vi.stubEnv('TZ', zone);
      return build(feeds(form)).release.contentId;
    });
    expect(others).toEqual([first, first]);
  });

  it('reports what was read and skipped, with reasons and dates', () => {
    const { release, report } = build(
      feeds('zip', { 'bad.json': '{', 'again.json': record('GHSA-1', 'package-1', '2.0.0') }),
    );
    expect(report).toEqual([
      {
        id: 'osv/npm',
        records: 40,
        skipped: [
          { reason: 'another record has its id', count: 1, names: ['again.json'] },
          { reason: 'not JSON', count: 1, names: ['bad.json'] },
        ],
      },
      { id: 'kev', records: 1, skipped: [] },
      { id: 'epss', records: 1, skipped: [{ reason: 'not cve,epss,percentile', count: 1, names: ['line 4'] }] },
    ]);
    expect(release.sources).toEqual([
      { id: 'epss', capturedAt: '2026-11-20T00:00:00Z', records: 1 },
      { id: 'kev', capturedAt: '2021-12-10T00:00:00Z', records: 1 },
      { id: 'osv/npm', capturedAt: '2026-11-01T00:00:00Z', records: 40 },
    ]);
    expect([...release.counts]).toEqual([['npm', { advisories: 40, rows: 40 }]]);
    expect(release.canaries.length).toBe(2);
  });

  it('writes a bundle that verifies, installs, and answers', () => {
    using lab = new Lab();
    const { parts } = build(feeds('zip'));
    const file = lab.write('full.plb', Buffer.concat(parts));
    expect(verifyBundle({ fs: NODE_FILE_SYSTEM, file, trusted: root, now: TODAY }).sequence).toBe(1);
    lab.import({}, { file, givenRoots: [root] });
    const { bundle } = openStore(lab.store, { now: TODAY });
    expect(findEpss(bundle.section('epss', '') ?? new Uint8Array(), 'CVE-2021-44228')).toEqual({
      score: 0.97565,
      percentile: 1,
    });
  });

  it('writes a delta of what changed, with the content id of the full bundle', () => {
    using lab = new Lab();
    const first = lab.write('full.plb', Buffer.concat(build(feeds('zip')).parts));
    const changedFeeds = feeds('zip', { 'new.json': record('GHSA-new', 'new') });
    const since = readRelease(first, [root]);
    const delta = build(changedFeeds, { sequence: 2, since });
    const full = build(changedFeeds, { sequence: 2 });
    expect(delta.release.contentId).toBe(full.release.contentId);
    expect(delta.release.sections.filter((entry) => entry.stored === undefined).map((entry) => entry.type)).toEqual([
      'epss',
      'kev',
    ]);
    lab.import({}, { file: first, givenRoots: [root] });
    expect(lab.import(Buffer.concat(delta.parts), { givenRoots: [root] }).release.kind).toBe('delta');
  });

  it('refuses feeds without advisories, and damaged archives', () => {
    const empty = mkdtempSync(join(tmpdir(), 'plimsoll-feeds-'));
    folders.push(empty);
    expect(refusalOf(() => build(empty))).toBe('PLM_FEED_INVALID');
    mkdirSync(join(empty, 'osv', 'npm'), { recursive: true });
    for (const bytes of [
      Buffer.from('no zip'),
      Buffer.alloc(0),
      Buffer.from(zipSync({ 'a.json': Buffer.from(record('A', 'a')) })).fill(0xff, 30, 60),
    ]) {
      writeFileSync(join(empty, 'osv', 'npm', 'all.zip'), bytes);
      expect(refusalOf(() => build(empty))).toBe('PLM_FEED_INVALID');
    }
  });
});
