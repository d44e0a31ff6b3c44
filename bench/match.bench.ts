/**
 * Matching 1,500 packages of real images against all advisories of the feeds in a fresh process, once its modules are
 * loaded: sections hashed and opened, kernels compiled, nothing warm. The fastest of twelve processes. And what the
 * kernels buy over their TypeScript twins. Needs the feeds and lists beside the repository.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SectionType } from '../src/bundle/advisory-bundle.ts';
import { readFeeds } from '../src/bundle/build/read-feeds.ts';
import { IndexBuilder } from '../src/bundle/index/build-index.ts';
import { tableSize, textItem } from '../src/bundle/index/byte-table.ts';
import { findRows, type RowQuery } from '../src/bundle/index/find-rows.ts';
import { openSegment, type Segment } from '../src/bundle/index/open-segment.ts';
import { nameKey } from '../src/bundle/index/segment-format.ts';
import { matchPackages } from '../src/match/match-packages.ts';
import type { Package } from '../src/model/package.ts';
import { SegmentMemory } from '../src/wasm/segment-rows.ts';
import { createKeyWriters } from '../src/wasm/version-key.ts';
import { fastest } from './measure.ts';
import { recordBench } from './record.ts';

const shared = join(import.meta.dirname, '..', '..', 'shared');
const PACKAGES = 1500;
/** Lists of one image's worth of packages: a Debian base, an application in several languages. */
const LISTS = [
  'debian10-buster-trivy',
  'pypi-webapp',
  'rubygems-webapp',
  'maven-webapp',
  'go-webapp',
  'crates-webapp',
  'npm-webapp',
  'npm-theia',
];
const TYPES = new Map([
  ['Debian:10', 'deb'],
  ['PyPI', 'pypi'],
  ['RubyGems', 'gem'],
  ['Maven', 'maven'],
  ['Go', 'golang'],
  ['crates.io', 'cargo'],
  ['npm', 'npm'],
]);

const folder = process.argv[2];
if (folder !== undefined) matchOnce(folder);
else if (fs.existsSync(join(shared, 'feeds'))) measure();
else console.log('not run: the feeds are not beside the repository');

function measure(): void {
  const directory = fs.mkdtempSync(join(tmpdir(), 'plimsoll-match-'));
  try {
    writeSections(directory);
    const runs = Array.from({ length: 12 }, () => JSON.parse(run([import.meta.filename, directory])));
    const best = runs.toSorted((a, b) => a.milliseconds - b.milliseconds)[0];
    const start = fastest(12, () => run(['-e', '0']));
    const ratio = round(best.milliseconds / start);
    recordBench('match 1,500 packages', { ...best, 'start of an empty process': round(start), ratio });
    recordBench('version keys', keyNumbers(directory));
    recordBench('segment rows', rowNumbers(directory));
  } finally {
    fs.rmSync(directory, { recursive: true });
  }
}

function writeSections(directory: string): void {
  const index = new IndexBuilder();
  const request = { fs, feeds: join(shared, 'feeds'), builtAt: '2026-11-01T00:00:00Z' };
  const { sections } = readFeeds({ ...request, onAdvisory: (advisory) => index.add(advisory) });
  const hashes: Record<string, string> = {};
  for (const { type, key, bytes } of [...index.finish(), ...sections]) {
    const name = `${type} ${encodeURIComponent(key)}`;
    fs.writeFileSync(join(directory, name), bytes);
    hashes[name] = createHash('sha256').update(bytes).digest('hex');
  }
  fs.writeFileSync(join(directory, 'hashes.json'), JSON.stringify(hashes));
}

/** What a scan does after it knows the packages: hash and open the sections it needs, match, report counts. */
function matchOnce(directory: string): void {
  const packages = readPackages();
  const start = performance.now();
  const cpu = process.cpuUsage();
  const hashes: Record<string, string> = JSON.parse(fs.readFileSync(join(directory, 'hashes.json'), 'utf8'));
  const names = Object.keys(hashes);
  const result = matchPackages({
    packages,
    distro: { id: 'debian', versionId: '10', idLike: [], prettyName: 'Debian 10' },
    bundle: {
      info: {
        contentId: '',
        channel: '',
        epoch: 1,
        sequence: 1,
        builtAt: '2026-11-01',
        sources: [],
        starter: false,
        expired: false,
        rolledBack: false,
      },
      keys: (type: SectionType) =>
        names
          .filter((name) => name.startsWith(`${type} `))
          .map((name) => decodeURIComponent(name.slice(type.length + 1))),
      section(type, key) {
        const name = `${type} ${encodeURIComponent(key)}`;
        if (hashes[name] === undefined) return undefined;
        const bytes = fs.readFileSync(join(directory, name));
        if (createHash('sha256').update(bytes).digest('hex') !== hashes[name]) throw new Error(name);
        return bytes;
      },
    },
  });
  const milliseconds = round(performance.now() - start);
  const used = process.cpuUsage(cpu);
  const cpuMilliseconds = round((used.user + used.system) / 1000);
  process.stdout.write(
    JSON.stringify({
      packages: packages.length,
      findings: result.vulnerabilities.length,
      milliseconds,
      cpuMilliseconds,
    }),
  );
}

function readPackages(): readonly Package[] {
  const rows = LISTS.flatMap((name) =>
    fs
      .readFileSync(join(shared, 'matching', `${name}.packages.tsv`), 'utf8')
      .trim()
      .split('\n'),
  );
  return rows.slice(0, PACKAGES).map((line, index) => {
    const [ecosystem = '', source = '', sourceVersion = '', display = '', version = ''] = line.split('\t');
    const type = TYPES.get(ecosystem) ?? ecosystem;
    const cut = ['npm', 'maven', 'golang'].includes(type) ? display.lastIndexOf(type === 'maven' ? ':' : '/') : -1;
    return {
      id: `p${index}`,
      purl: `pkg:${type}/p${index}`,
      type,
      ...(cut > 0 ? { namespace: display.slice(0, cut) } : {}),
      name: display.slice(cut + 1),
      version,
      source: { name: source, version: sourceVersion },
      licenses: [],
      locations: [{ path: '/', layer: 0 }],
      state: 'present',
    };
  });
}

function keyNumbers(directory: string): Record<string, number> {
  const numbers: Record<string, number> = {};
  const writers = createKeyWriters();
  for (const key of ['Debian:9', 'AlmaLinux:8', 'Wolfi', 'Go', 'npm', 'PyPI']) {
    const { scheme, columns } = segmentOf(directory, key);
    const writer = writers.get(scheme.id);
    const versions = Array.from({ length: tableSize(columns.versions) }, (_, index) =>
      textItem(columns.versions, index),
    );
    const repeat = Math.ceil(200_000 / versions.length);
    const reference = nanoseconds(repeat, versions, (version) => scheme.encode?.(version));
    const kernel = nanoseconds(repeat, versions, (version) => writer?.write(version));
    numbers[`${scheme.id} reference ns`] = reference;
    numbers[`${scheme.id} kernel ns`] = kernel;
    numbers[`${scheme.id} ratio`] = round(reference / kernel);
  }
  return numbers;
}

function rowNumbers(directory: string): Record<string, number> {
  const segment = segmentOf(directory, 'AlmaLinux:8');
  const { columns, scheme } = segment;
  const queries: RowQuery[] = Array.from({ length: 100_000 }, (_, index) => ({
    name: nameKey(segment.ecosystem, textItem(columns.names, (index * 7919) % tableSize(columns.names))),
    key: scheme.encode?.(textItem(columns.versions, (index * 104_729) % tableSize(columns.versions))),
  }));
  const memory = new SegmentMemory().load(columns);
  const reference = fastest(3, () => findRows(columns, queries));
  const kernel = fastest(3, () => memory.find(queries));
  return {
    'reference lookups a second': Math.round((queries.length / reference) * 1000),
    'kernel lookups a second': Math.round((queries.length / kernel) * 1000),
    ratio: round(reference / kernel),
  };
}

function segmentOf(directory: string, key: string): Segment {
  return openSegment(fs.readFileSync(join(directory, `segment ${encodeURIComponent(key)}`)));
}

function nanoseconds(repeat: number, versions: readonly string[], encode: (version: string) => unknown): number {
  const once = () => {
    for (let i = 0; i < repeat; i++) for (const version of versions) encode(version);
  };
  once();
  return Math.round((fastest(1, once) * 1e6) / (repeat * versions.length));
}

function run(args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
