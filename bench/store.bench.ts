/**
 * The archive with synthetic images of realistic shape (about 400 packages: one base image of 200, one or two sets of
 * application packages): `node bench/store.bench.ts [images]`, 100,000 where nothing is said. Writes of single images
 * are measured on the first thousand, flushed one by one; the rest is written in large transactions to get there.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import type { AdvisoryBundle } from '../src/bundle/advisory-bundle.ts';
import type { NewComponent, NewImage } from '../src/store/archive-store.ts';
import { type Component, componentDigest } from '../src/store/component.ts';
import { componentNames } from '../src/store/component-names.ts';
import { bundleMark } from '../src/store/match-components.ts';
import { rematch } from '../src/store/rematch.ts';
import { affectedPage } from '../src/store/reports/affected-images.ts';
import { addImage } from '../src/store/sqlite/add-image.ts';
import { connect } from '../src/store/sqlite/connection.ts';
import { ARCHIVE_FILE, openArchive } from '../src/store/sqlite/open-archive.ts';
import { bundleOf, type Flaw } from '../test/store/archive-content.ts';
import { recordBench } from './record.ts';

const IMAGES = Number(process.argv[2] ?? 100_000);
const NAMES = 60_000;
const BASES = 400;
const SINGLE = 1000;
/** What `archive affected` tells at once. */
const PAGE = { limit: 1000 };

/** Numbers that look random and are the same in every run (xorshift32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

const random = randomNumbers(7);

/** Popular names are met far more often than others, as in real dependency trees. */
function pick(count: number): number {
  return Math.floor(random() ** 2 * count);
}

function npmComponent(): Component {
  const name = `pkg-${pick(NAMES)}`;
  const version = `${pick(6)}.${pick(20)}.${pick(12)}`;
  return { package: { type: 'npm', name, version, purl: `pkg:npm/${name}@${version}` } };
}

function debComponent(): Component {
  const name = `lib-${pick(3000)}`;
  const version = `${pick(9)}.${pick(9)}-${pick(4) + 1}`;
  const distro = { id: 'debian', versionId: '12', idLike: [], prettyName: 'Debian 12' };
  return {
    package: { type: 'deb', namespace: 'debian', name, version, purl: `pkg:deb/debian/${name}@${version}` },
    distro,
  };
}

interface Group {
  readonly digest: string;
  readonly components: readonly NewComponent[];
}

let groupNumber = 0;
function group(size: number, component: () => Component): Group {
  groupNumber += 1;
  const components = Array.from({ length: size }, () => toNew(component()));
  return { digest: groupNumber.toString(16).padStart(64, '0'), components };
}

function toNew(component: Component): NewComponent {
  return { digest: componentDigest(component), component, names: componentNames(component), findings: [] };
}

const bases = Array.from({ length: BASES }, () => group(150 + pick(150), debComponent));
const shared = Array.from({ length: Math.max(20, IMAGES / 50) }, () => group(60 + pick(200), npmComponent));

function image(number: number, bundle: AdvisoryBundle): NewImage {
  const own = number % 3 === 0 ? [group(20 + pick(200), npmComponent)] : [];
  const groups = [bases[pick(BASES)], shared[pick(shared.length)], shared[pick(shared.length)], ...own].filter(
    (entry) => entry !== undefined,
  );
  const components = groups.flatMap((entry) => entry.components);
  let start = 0;
  const placed = groups.map((entry, layer) => {
    const positions = entry.components.map((_, index) => start + index);
    start += entry.components.length;
    return { digest: entry.digest, content: new Uint8Array([1]), layer, components: positions, files: [] };
  });
  const digest = (number + 0x1000_0000).toString(16).padStart(64, '0');
  return {
    key: `sha256:${digest}`,
    name: `registry.local/team-${number % 50}/app-${number % 4000}:${number}`,
    manifestDigest: `sha256:${digest}`,
    platform: 'linux/amd64',
    os: 'debian 12',
    at: '2026-01-01T00:00:00Z',
    labels: { team: `team-${number % 50}` },
    record: { digest, content: new TextEncoder().encode(`{"number":${number}}`) },
    source: undefined,
    components,
    groups: placed,
    deviations: [],
    secrets: [],
    bundle: bundleMark(bundle),
  };
}

function flaws(count: number, prefix: string): readonly Flaw[] {
  const names = new Set<number>();
  while (names.size < count) names.add(Math.floor(random() * NAMES));
  return [...names].map((name) => ({
    id: `${prefix}-${name}`,
    ecosystem: 'npm',
    name: `pkg-${name}`,
    introduced: `${pick(6)}.0.0`,
    fixed: `${pick(6)}.${pick(20)}.0`,
    severity: 'HIGH',
  }));
}

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
const results: Record<string, number> = { images: IMAGES };
const seconds = (since: number): number => Math.round(performance.now() - since) / 1000;
const note = (name: string, value: number): void => {
  results[name] = value;
  console.error(`${name}: ${value}`);
};

try {
  const known = flaws(20_000, 'OLD');
  const before = bundleOf(1, known);
  const store = openArchive(folder, { create: true });
  const single = Math.min(SINGLE, IMAGES);
  const images = Array.from({ length: single }, (_, number) => image(number, before));
  let start = performance.now();
  for (const entry of images) await store.add(entry);
  note('images added a second, flushed one by one', Math.round(single / seconds(start)));
  const database = new SqliteDatabase(join(folder, ARCHIVE_FILE));
  database.pragma('synchronous = OFF');
  database.pragma('cache_size = -1000000');
  const connection = connect(database, folder, () => undefined);
  start = performance.now();
  for (let number = single; number < IMAGES; number += 1000) {
    const end = Math.min(number + 1000, IMAGES);
    database.transaction(() => {
      for (let next = number; next < end; next += 1) addImage(connection, image(next, before));
    })();
  }
  if (IMAGES > single)
    note('images added a second, a thousand at once', Math.round((IMAGES - single) / seconds(start)));
  database.pragma('wal_checkpoint(TRUNCATE)');
  const rows =
    database
      .prepare<[], { n: number }>(
        'SELECT sum(members) AS n FROM (SELECT count(*) AS members, grp FROM group_member GROUP BY grp) JOIN image_group USING (grp)',
      )
      .get()?.n ?? 0;
  database.close();
  note('image-component rows stood for', rows);
  for (const [name, count] of Object.entries(await store.counts())) note(`rows of ${name}`, count);
  note('database MB', Math.round(statSync(join(folder, ARCHIVE_FILE)).size / 1e6));
  let last = before;
  const all = [...known];
  for (const [step, changed] of [500, 5000, 50_000].entries()) {
    all.push(...flaws(changed, `NEW${step}`));
    const next = bundleOf(step + 2, all);
    const earlier = last;
    start = performance.now();
    const cpu = process.cpuUsage();
    const result = await rematch({ store, bundle: next, at: `2026-01-0${step + 2}T00:00:00Z`, earlier: () => earlier });
    note(`re-match of ${changed} changed names, s`, seconds(start));
    const { user, system } = process.cpuUsage(cpu);
    note(`CPU time of ${changed} changed names, s`, Math.round((user + system) / 1000) / 1000);
    note(`components matched for ${changed} names`, result.componentsMatched);
    note(`events of ${changed} names`, result.events.length);
    last = next;
  }
  const day = await store.events({ since: '2026-01-02T00:00:00Z', until: '2026-01-02T12:00:00Z' });
  start = performance.now();
  const affected = await affectedPage(store, day, {
    filter: { labels: { team: 'team-7' }, retired: false },
    page: PAGE,
  });
  note('affected of one team after 500 names, ms', Math.round(performance.now() - start));
  note('images of that team', affected.total);
  start = performance.now();
  const everyone = await affectedPage(store, day, { filter: { retired: false }, page: PAGE });
  note('affected of all teams after 500 names, ms', Math.round(performance.now() - start));
  note('images of all teams', everyone.total);
  note(
    'events at the images of a page',
    everyone.images.reduce((sum, entry) => sum + entry.events.length, 0),
  );
  for (const [name, query] of [
    ['rare package', { kind: 'package', name: `pkg-${NAMES - 10}` }],
    ['CVE', { kind: 'vulnerability', id: day[0]?.vulnerability ?? '' }],
    ['secret', { kind: 'secret', fingerprint: 'none' }],
  ] as const) {
    start = performance.now();
    const hits = await store.search(query);
    note(`search for a ${name}, ms`, Math.round(performance.now() - start));
    note(`hits for a ${name}`, hits.length);
  }
  start = performance.now();
  await store.images({ labels: { team: 'team-7' } });
  note('list of one team, ms', Math.round(performance.now() - start));
  store.close();
  recordBench('archive', results);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
