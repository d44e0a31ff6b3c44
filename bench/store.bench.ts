/**
 * The archive with synthetic images (see `archive-images.ts`): `node bench/store.bench.ts [images] [folder]`, 100,000
 * images where nothing is said. Writes of single images are measured on the first thousand, flushed one by one; the rest
 * is written in large transactions to get there. An archive built in a folder is kept and measured as a copy, so that the
 * next run need not build it; the numbers of building are kept beside it.
 */
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isRecord, parseJson } from '../src/bytes/json.ts';
import type { ArchiveEvent } from '../src/store/archive-event.ts';
import type { ArchiveStore } from '../src/store/archive-store.ts';
import { rematch } from '../src/store/rematch.ts';
import { affectedImages, affectedPage } from '../src/store/reports/affected-images.ts';
import { affectedJson } from '../src/store/reports/affected-json.ts';
import { ARCHIVE_FILE, openArchive } from '../src/store/sqlite/open-archive.ts';
import { bundleOf } from '../test/store/archive-content.ts';
import { KNOWN_FLAWS, NAMES, syntheticFlaws } from './archive-images.ts';
import { recordBench } from './record.ts';

const IMAGES = Number(process.argv[2] ?? 100_000);
/** What `archive affected` tells at once. */
const PAGE = { limit: 1000 };

type Numbers = Record<string, number>;

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
try {
  const kept = process.argv[3];
  const built = kept === undefined ? buildIn(join(folder, 'built')) : buildIn(kept);
  const numbers: Numbers = {
    images: IMAGES,
    'load average': Math.round((loadavg()[0] ?? 0) * 10) / 10,
    ...built,
  };
  const copy = join(folder, 'copy');
  mkdirSync(copy);
  copyFileSync(join(kept ?? join(folder, 'built'), ARCHIVE_FILE), join(copy, ARCHIVE_FILE), constants.COPYFILE_FICLONE);
  // Else the first commit waits for a gigabyte that the copying has left unwritten.
  const descriptor = openSync(join(copy, ARCHIVE_FILE), 'r+');
  fsyncSync(descriptor);
  closeSync(descriptor);
  const store = openArchive(copy);
  try {
    await measureRematch(store, numbers);
    await measureSearch(store, numbers);
  } finally {
    store.close();
  }
  recordBench('archive', numbers);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Builds the archive where the folder has none, and gives the numbers of building it. */
function buildIn(place: string): Numbers {
  const noted = join(place, 'built.json');
  if (!existsSync(noted)) {
    const script = fileURLToPath(new URL('build-archive.ts', import.meta.url));
    execFileSync(process.execPath, [script, String(IMAGES), place], { stdio: 'inherit' });
  }
  const numbers = parseJson(readFileSync(noted, 'utf8'), 2);
  return Object.fromEntries(
    Object.entries(isRecord(numbers) ? numbers : {}).filter(
      (entry): entry is [string, number] => typeof entry[1] === 'number',
    ),
  );
}

async function measureRematch(store: ArchiveStore, numbers: Numbers): Promise<void> {
  let last = bundleOf(1, KNOWN_FLAWS);
  const all = [...KNOWN_FLAWS];
  for (const [step, changed] of [500, 5000, 50_000].entries()) {
    all.push(...syntheticFlaws(changed, `NEW${step}`, 13 + step));
    const next = bundleOf(step + 2, all);
    const earlier = last;
    const day = `2026-01-0${step + 2}`;
    const measured = await timed(() =>
      rematch({ store, bundle: next, at: `${day}T00:00:00Z`, earlier: () => earlier }),
    );
    note(numbers, `re-match of ${changed} changed names, s`, measured.ms / 1000);
    note(numbers, `CPU time of ${changed} changed names, s`, measured.cpu / 1000);
    note(numbers, `components matched for ${changed} names`, measured.result.componentsMatched);
    note(numbers, `events of ${changed} names`, measured.result.events.length);
    note(numbers, `peak memory after ${changed} names, MB`, Math.round(process.resourceUsage().maxRSS / 1024));
    last = next;
    if (step > 0) continue;
    const events = await store.events({ since: `${day}T00:00:00Z` });
    await measureAffected(store, events, numbers);
    await measureTelling(store, events, numbers);
  }
}

async function measureAffected(store: ArchiveStore, day: readonly ArchiveEvent[], numbers: Numbers): Promise<void> {
  for (const [name, filter] of [
    ['one team', { labels: { team: 'team-7' }, retired: false }],
    ['all teams', { retired: false }],
  ] as const) {
    const { ms, cpu, result } = await timed(() => affectedPage(store, day, { filter, page: PAGE }));
    note(numbers, `affected of ${name} after 500 names, ms`, ms);
    note(numbers, `CPU time of affected of ${name}, ms`, cpu);
    note(numbers, `affected images of ${name}`, result.total);
    note(
      numbers,
      `events at a page of images of ${name}`,
      result.images.reduce((sum, entry) => sum + entry.events.length, 0),
    );
  }
}

/** All that a re-match tells, as `archive rematch` writes it. */
async function measureTelling(store: ArchiveStore, day: readonly ArchiveEvent[], numbers: Numbers): Promise<void> {
  const pages = affectedImages(store, day, { retired: false });
  const { ms, cpu, result } = await timed(async () => {
    let bytes = 0;
    for await (const text of affectedJson({ from: null, to: null }, pages)) bytes += text.length;
    return bytes;
  });
  note(numbers, 'JSON of all images after 500 names, ms', ms);
  note(numbers, 'CPU time of that JSON, ms', cpu);
  note(numbers, 'MB of that JSON', Math.round(result / 1e6));
}

async function measureSearch(store: ArchiveStore, numbers: Numbers): Promise<void> {
  const [found] = await store.events({ since: '2026-01-02T00:00:00Z', until: '2026-01-02T12:00:00Z' });
  for (const [name, query] of [
    ['rare package', { kind: 'package', name: `pkg-${NAMES - 10}` }],
    ['popular package', { kind: 'package', name: 'pkg-10' }],
    ['CVE', { kind: 'vulnerability', id: found?.vulnerability ?? '' }],
    ['file', { kind: 'digest', digest: 'sha256:none' }],
    ['secret', { kind: 'secret', fingerprint: 'none' }],
  ] as const) {
    const { ms, result } = await timed(() => store.search(query));
    note(numbers, `search for a ${name}, ms`, ms);
    note(numbers, `hits for a ${name}`, result.length);
  }
  const { ms } = await timed(() => store.images({ labels: { team: 'team-7' } }));
  note(numbers, 'list of one team, ms', ms);
}

/** Runs work and says how long it took, and how much of the processors' time, in milliseconds. */
async function timed<Result>(work: () => Promise<Result>): Promise<{ ms: number; cpu: number; result: Result }> {
  const start = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { ms: Math.round(performance.now() - start), cpu: Math.round((user + system) / 1000), result };
}

function note(numbers: Numbers, name: string, value: number): void {
  numbers[name] = value;
  console.error(`${name}: ${value}`);
}
