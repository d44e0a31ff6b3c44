/**
 * A bundle of the real feeds: build time and memory, import, what a scan pays at its start (verify signatures, read and
 * hash the segments of an image), size against the zipped feeds, and the delta of one day. Needs the feeds beside the
 * repository: `node bench/bundle.bench.ts [FEEDS]`.
 */
import { cpSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BuildRequest, buildBundle } from '../src/bundle/build/build-bundle.ts';
import { documentTime } from '../src/bundle/document.ts';
import { openStore } from '../src/bundle/open-bundle.ts';
import { NODE_FILE_SYSTEM } from '../src/bundle/store/file-system.ts';
import { importBundle } from '../src/bundle/store/import-bundle.ts';
import { createRoot } from '../src/bundle/trust/create-root.ts';
import { generateSigningKey } from '../src/bundle/trust/signing-key.ts';
import { recordBench } from './record.ts';

const feeds = process.argv[2] ?? join(import.meta.dirname, '..', '..', 'shared', 'feeds');
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
const now = Date.parse('2026-11-22T00:00:00Z');
/** What a Debian image with an application in several languages needs. */
const IMAGE = ['Debian:11', 'npm', 'PyPI', 'Maven', 'Go', 'RubyGems', 'Packagist', 'crates.io'];

try {
  run();
} finally {
  rmSync(folder, { recursive: true });
}

function run(): void {
  const keys = [generateSigningKey()];
  const root = createRoot({
    authority: 'bench',
    channels: ['*'],
    rootKeys: keys,
    rootThreshold: 1,
    releaseKeys: keys.map((key) => key.publicKey),
    releaseThreshold: 1,
    issued: documentTime(now),
    expires: documentTime(now + 86_400_000),
  });
  const request = { fs: NODE_FILE_SYSTEM, feeds, channel: 'bench', sequence: 1, builtAt: now, roots: [root], keys };
  const [buildSeconds, full] = timed(() => buildBundle(request));
  const buildMegabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  const bytes = Buffer.concat(full.parts);
  const file = join(folder, 'full.plb');
  writeFileSync(file, bytes);
  const context = { fs: NODE_FILE_SYSTEM, now: () => now, pid: process.pid, isAlive: () => true };
  const store = join(folder, 'db');
  const [importSeconds] = timed(() => importBundle({ context, store, file, givenRoots: [root] }));
  const starts = Array.from({ length: 9 }, () => timed(() => start(store))[0] * 1000).sort(
    (left, right) => left - right,
  );
  recordBench('bundle of the feeds', {
    records: full.report.reduce((sum, source) => sum + source.records, 0),
    'build seconds': round(buildSeconds),
    'build megabytes': buildMegabytes,
    'import seconds': round(importSeconds),
    'first start milliseconds': round(starts.at(-1) ?? 0),
    'median start milliseconds': round(starts[4] ?? 0),
    bytes: bytes.length,
    'of the zipped feeds': round(bytes.length / folderSize(feeds)),
    'delta of the full': round(deltaSize({ ...request, sequence: 2, since: full.release }) / bytes.length),
  });
}

function start(store: string): void {
  const { bundle } = openStore(store, { now });
  for (const key of IMAGE) bundle.section('segment', key);
  for (const type of ['kev', 'endoflife'] as const) bundle.section(type, '');
}

/** A day's change: twenty new advisories in npm and PyPI. */
function deltaSize(request: BuildRequest): number {
  const changed = join(folder, 'feeds');
  cpSync(feeds, changed, { recursive: true, mode: 0 });
  for (let at = 0; at < 20; at++) {
    const [ecosystem, id] = at % 2 === 0 ? ['npm', `GHSA-bench-${at}`] : ['PyPI', `PYSEC-bench-${at}`];
    const affected = [{ package: { ecosystem, name: `package-${at}` }, versions: ['1.0.0'] }];
    const place = join(folder, 'feeds', 'osv', ecosystem ?? '');
    writeFileSync(join(place, `${id}.json`), JSON.stringify({ id, modified: '2026-11-22T00:00:00Z', affected }));
  }
  return buildBundle({ ...request, feeds: changed }).parts.reduce((sum, part) => sum + part.length, 0);
}

function folderSize(path: string): number {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

function timed<Result>(work: () => Result): readonly [number, Result] {
  const before = performance.now();
  const result = work();
  return [(performance.now() - before) / 1000, result];
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
