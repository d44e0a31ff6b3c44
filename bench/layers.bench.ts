/**
 * The layer pass alone against the bare floor (decompress and SHA-256 of both sides), both on as many threads as
 * layers are read with, in one run: `node bench/layers.bench.ts IMAGE.oci.tar [threads]`.
 */
import { basename } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { openImage } from '../src/image/open-image.ts';
import type { LayerSource } from '../src/image/opened-image.ts';
import { createCaptureRoom } from '../src/layers/capture-room.ts';
import { indexLayer } from '../src/layers/index-layer.ts';
import { type LayerIndex, transferables } from '../src/layers/layer-index.ts';
import { squash } from '../src/layers/squash.ts';
import { DEFAULT_LIMITS } from '../src/limits.ts';
import { floor } from './floor.ts';
import { recordBench } from './record.ts';

type Task = (source: LayerSource) => Promise<{ readonly bytes: number; readonly index?: LayerIndex }>;

const budget = createCaptureRoom();

async function ours(source: LayerSource): Promise<{ readonly bytes: number; readonly index: LayerIndex }> {
  const index = await indexLayer(source, { limits: DEFAULT_LIMITS, captureRoom: budget });
  return { bytes: index.uncompressedSize, index };
}

const TASKS: Readonly<Record<string, Task>> = { floor, ours };

interface Run {
  readonly seconds: number;
  readonly bytes: number;
  readonly layers: readonly LayerIndex[];
}

/** Every layer of the image on `threads` threads, largest first. */
async function run(task: string, sources: readonly LayerSource[], threads: number): Promise<Run> {
  const queue = sources.toSorted((left, right) => right.size - left.size);
  const layers: LayerIndex[] = [];
  let bytes = 0;
  const workers = Array.from({ length: threads }, () => new Worker(import.meta.filename, { workerData: task }));
  await Promise.all(workers.map((worker) => new Promise((resolve) => worker.once('message', resolve))));
  const start = performance.now();
  await Promise.all(
    workers.map(async (worker) => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        worker.postMessage(next);
        const result: Awaited<ReturnType<Task>> = await new Promise((resolve) => worker.once('message', resolve));
        bytes += result.bytes;
        if (result.index !== undefined) layers.push(result.index);
      }
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  await Promise.all(workers.map((worker) => worker.terminate()));
  return { seconds, bytes, layers: layers.sort((left, right) => left.index - right.index) };
}

if (isMainThread) {
  const [image = '', threads = '2'] = process.argv.slice(2);
  const opened = await openImage(image, { limits: DEFAULT_LIMITS });
  const bare = await run('floor', opened.layers, Number(threads));
  const floorRss = process.memoryUsage.rss();
  const pass = await run('ours', opened.layers, Number(threads));
  const start = performance.now();
  squash(pass.layers);
  const squashMs = performance.now() - start;
  await opened.close();
  recordBench(`layers ${basename(image)}`, {
    threads: Number(threads),
    megabytes: Math.round(pass.bytes / 1e6),
    floorSeconds: bare.seconds,
    seconds: pass.seconds,
    ratio: pass.seconds / bare.seconds,
    squashMs,
    floorRssMegabytes: Math.round(floorRss / 1e6),
    rssMegabytes: Math.round(process.memoryUsage.rss() / 1e6),
  });
} else {
  const task = TASKS[String(workerData)];
  parentPort?.on('message', async (source: LayerSource) => {
    const result = await task?.(source);
    parentPort?.postMessage(result, result?.index === undefined ? [] : transferables(result.index));
  });
  parentPort?.postMessage('ready');
}
