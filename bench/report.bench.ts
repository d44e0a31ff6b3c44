/**
 * Writing an image of 30,000 packages and 350,000 files in every bulky format, each in a process of its own:
 * `node bench/report.bench.ts`. CPU time over that of one `JSON.stringify` of the same packages in another process, and
 * the peak memory of the process until the last byte is written.
 */
import { execFileSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import type { Analysis } from '../src/model/analysis.ts';
import type { Package } from '../src/model/package.ts';
import { loadFormat } from '../src/report/load-format.ts';
import { analysisFixture } from '../test/support/analysis-fixture.ts';
import { recordBench } from './record.ts';

const FORMATS = [
  'json',
  'cyclonedx-json',
  'cyclonedx-xml',
  'spdx-json',
  'spdx-tag-value',
  'spdx3-json',
  'html',
] as const;
const PACKAGES = 30_000;
const FILES = 350_000;

function largeImage(): Analysis {
  const fixture = analysisFixture();
  const ids = Array.from({ length: PACKAGES }, (_, index) =>
    flat(`pkg:deb/debian/package-${index}@1.${index}-1?arch=amd64&distro=debian-12`),
  );
  const id = (index: number): string => ids[index] ?? '';
  const packages = Array.from(
    { length: PACKAGES },
    (_, index): Package => ({
      id: id(index),
      type: 'deb',
      namespace: 'debian',
      name: flat(`package-${index}`),
      version: flat(`1.${index}-1`),
      purl: id(index),
      arch: 'amd64',
      source: { name: flat(`source-${index >> 2}`), version: flat(`1.${index}-1`) },
      licenses: index % 3 === 0 ? ['GPL-2.0-or-later', 'MIT'] : ['MIT'],
      locations: [{ path: '/var/lib/dpkg/status', layer: index % 20, detector: 'dpkg/status' }],
      state: index % 50 === 0 ? 'deleted' : 'present',
      dependsOn: index > 2 ? [id(index - 1), id(index >> 1)] : [],
    }),
  );
  const deleted = Array.from({ length: FILES }, (_, index) => ({
    path: flat(`/usr/share/doc/package-${index % 5000}/file-${index}`),
    size: index,
    addedIn: index % 19,
    removedIn: 19,
    how: 'whiteout' as const,
  }));
  return { ...fixture, packages, files: { ...fixture.files, deleted } };
}

/**
 * The text as one piece, as decoding a header or a database yields it. Template strings are trees of pieces that the
 * first reader flattens: 40 MB of a scan that no scan has.
 */
function flat(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}

async function measure(name: string): Promise<void> {
  const analysis = largeImage();
  const before = process.memoryUsage().rss;
  const wall = performance.now();
  const start = process.cpuUsage();
  const { format } = await loadFormat(name);
  let bytes = 0;
  const sink = {
    write: (text: string) => {
      bytes += text.length;
    },
  };
  await format.write(analysis, sink, { color: false, showSuppressed: false, history: true });
  const cpu = cpuMilliseconds(start);
  const elapsed = performance.now() - wall;
  const peak = process.resourceUsage().maxRSS * 1024;
  console.log(JSON.stringify({ cpu, wall: elapsed, bytes, before, peak }));
}

/** In a process of its own: its 20 MB of text would count as memory of the writer. */
function measureFloor(): void {
  const { packages } = largeImage();
  const start = process.cpuUsage();
  JSON.stringify(packages);
  console.log(JSON.stringify({ cpu: cpuMilliseconds(start) }));
}

function run(argument: string): Readonly<Record<string, number>> {
  return JSON.parse(execFileSync(process.execPath, [import.meta.filename, argument], { encoding: 'utf8' }));
}

function cpuMilliseconds(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

const only = process.argv[2];
if (only === 'floor') measureFloor();
else if (only !== undefined) await measure(only);
else {
  const floor = run('floor')['cpu'] ?? 1;
  for (const name of FORMATS) {
    const result = run(name);
    const megabytes = (key: string): number => Math.round((result[key] ?? 0) / 1e6);
    recordBench(`report ${name}`, {
      'CPU seconds': Number(((result['cpu'] ?? 0) / 1000).toFixed(2)),
      'wall seconds': Number(((result['wall'] ?? 0) / 1000).toFixed(2)),
      'times JSON.stringify of the packages': Number(((result['cpu'] ?? 0) / floor).toFixed(1)),
      'megabytes written': megabytes('bytes'),
      'megabytes before': megabytes('before'),
      'megabytes at the peak': megabytes('peak'),
    });
  }
}
