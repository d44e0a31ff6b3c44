/**
 * A full scan by the built program (all scanners) against the bare floor on as many threads as cores, both in this run:
 * `npm run build && node bench/scan.bench.ts IMAGE.oci.tar [--db STORE]`. Peak memory is that of the whole process.
 */
import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { openImage } from '../src/image/open-image.ts';
import type { LayerSource } from '../src/image/opened-image.ts';
import { DEFAULT_LIMITS } from '../src/limits.ts';
import { floor } from './floor.ts';
import { recordBench } from './record.ts';

async function floorSeconds(
  sources: readonly LayerSource[],
): Promise<{ readonly seconds: number; readonly bytes: number }> {
  const queue = sources.toSorted((left, right) => right.size - left.size);
  const workers = Array.from({ length: availableParallelism() }, () => new Worker(import.meta.filename));
  await Promise.all(workers.map((worker) => new Promise((resolve) => worker.once('message', resolve))));
  const start = performance.now();
  let bytes = 0;
  await Promise.all(
    workers.map(async (worker) => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        worker.postMessage(next);
        const read = await new Promise<number>((resolve) => worker.once('message', resolve));
        bytes += read;
      }
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  await Promise.all(workers.map((worker) => worker.terminate()));
  return { seconds, bytes };
}

/** Wall and CPU seconds and peak memory of the built program, as time(1) measures them. */
function scanOnce(arguments_: readonly string[]): { seconds: number; cpu: number; megabytes: number } {
  const program = join(import.meta.dirname, '..', 'bin', 'plimsoll.js');
  const { stderr, status } = spawnSync(
    '/usr/bin/time',
    ['-f', 'TIME %e %U %S %M', process.execPath, program, 'scan', ...arguments_, '--format', 'json', '--quiet'],
    { encoding: 'utf8', maxBuffer: 1 << 30 },
  );
  const numbers = /TIME ([\d.]+) ([\d.]+) ([\d.]+) (\d+)/.exec(stderr)?.slice(1).map(Number);
  const [seconds, user, system, kilobytes] = numbers ?? [];
  if (seconds === undefined || user === undefined || system === undefined || kilobytes === undefined) {
    throw new Error(`the scan ended with ${status}: ${stderr}`);
  }
  return { seconds, cpu: user + system, megabytes: Math.round(kilobytes / 1024) };
}

if (isMainThread) {
  const [image, ...options] = process.argv.slice(2);
  if (image === undefined) throw new Error('name an image: node bench/scan.bench.ts IMAGE.oci.tar [--db STORE]');
  const opened = await openImage(image, { limits: DEFAULT_LIMITS });
  const bare = await floorSeconds(opened.layers);
  await opened.close();
  const scan = scanOnce([image, ...options]);
  recordBench(`scan ${basename(image)}`, {
    megabytes: Math.round(bare.bytes / 1e6),
    floorSeconds: bare.seconds,
    seconds: scan.seconds,
    ratio: scan.seconds / bare.seconds,
    cpuSeconds: scan.cpu,
    rssMegabytes: scan.megabytes,
  });
} else {
  parentPort?.on('message', (source: LayerSource) => {
    void floor(source).then(({ bytes }) => parentPort?.postMessage(bytes));
  });
  parentPort?.postMessage(0);
}
