import type { Classifier } from '../catalog/binary/classifier.ts';
import type { OpenedImage } from '../image/opened-image.ts';
import { createCaptureRoom } from '../layers/capture-room.ts';
import { assertImageEntries } from '../layers/image-room.ts';
import type { Limits } from '../limits.ts';
import type { LayerResult } from '../pool/analyze-layer.ts';
import { FindsKeeper, lossProblems } from '../pool/finds-keeper.ts';
import { openPool } from '../pool/open-pool.ts';
import type { OwnRule } from '../secrets/own-rules/own-rule.ts';
import { layersDecodedHere } from './layers-decoded-here.ts';
import type { OnProgress } from './progress.ts';
import type { Scanner } from './scanner.ts';

export interface ReadLayersOptions {
  readonly limits: Limits;
  /** Secret rules of the user. */
  readonly ownRules?: readonly OwnRule[];
  /** Program classifiers of the bundle, instead of the built-in ones. */
  readonly classifiers?: readonly Classifier[];
  readonly scanners: ReadonlySet<Scanner>;
  /** Whether package detectors run; they do unless told otherwise. */
  readonly packages?: boolean;
  readonly workers: number;
  readonly onProgress?: OnProgress;
}

/** Starting threads costs more than reading images below this many stored bytes. */
const INLINE_BYTES = 32 * 1024 * 1024;
/** A single layer is worth another thread, for the archives in it, per this many stored bytes. */
const THREAD_BYTES = 64 * 1024 * 1024;
const PROGRESS_INTERVAL_MS = 100;

/**
 * Reads all layers of an image, the largest first so that no thread starts it last. Results are in layer order and do
 * not depend on the number of threads. `shared` keeps results by layer key across the platforms of one index. Throws
 * PLM_LIMIT where they hold more entries or packages than are kept in memory.
 */
export async function readLayers(
  image: OpenedImage,
  options: ReadLayersOptions,
  shared: Map<string, LayerResult>,
): Promise<readonly LayerResult[]> {
  const unread = new Map(image.layers.filter((layer) => !shared.has(layer.key)).map((layer) => [layer.key, layer]));
  const missing = [...unread.values()];
  const bytesTotal = missing.reduce((sum, layer) => sum + layer.size, 0);
  const workers = Math.min(options.workers, Math.max(missing.length, Math.ceil(bytesTotal / THREAD_BYTES)));
  const settings = {
    limits: options.limits,
    packages: options.packages ?? true,
    secrets: options.scanners.has('secret'),
    ...(options.ownRules === undefined ? {} : { ownRules: options.ownRules }),
    ...(options.classifiers === undefined ? {} : { classifiers: options.classifiers }),
  };
  const pool = await openPool({
    settings,
    workers: image.kind !== 'directory' && bytesTotal < INLINE_BYTES ? 0 : workers,
  });
  const progress = new SharedArrayBuffer(8);
  const counter = new BigInt64Array(progress);
  const tell = (): void =>
    options.onProgress?.({ stage: 'layers', bytesDone: Number(Atomics.load(counter, 0)), bytesTotal });
  const timer = options.onProgress === undefined ? undefined : setInterval(tell, PROGRESS_INTERVAL_MS);
  const task = { captureRoom: createCaptureRoom(), progress };
  let entries = 0;
  const found = layersKeeper(options.limits);
  try {
    const queue = [...missing].sort((left, right) => right.size - left.size || left.index - right.index);
    const decodedHere = layersDecodedHere(queue, options.workers);
    await Promise.all(
      queue.map(async (source) => {
        const result = await pool.analyzeLayer({ ...task, source, decodeHere: decodedHere.has(source) });
        entries += result.index.entries.count;
        assertImageEntries(entries, options.limits);
        found.add(result);
      }),
    );
    const keys = new Map(missing.map((source) => [source.index, source.key]));
    for (const result of found.finish()) {
      const key = keys.get(result.index.index);
      if (key !== undefined) shared.set(key, result);
    }
  } finally {
    clearInterval(timer);
    await pool.close();
  }
  const all = layersKeeper(options.limits);
  for (const { key, index } of image.layers) all.add(atPosition(shared.get(key), index));
  return all.finish().map(withLosses).reverse();
}

/** Holds what was found in layers; higher ones tell more of what the image shows. */
function layersKeeper(limits: Limits): FindsKeeper<LayerResult> {
  return new FindsKeeper(limits, (left, right) => right.index.index - left.index.index);
}

function withLosses({ lost, ...result }: LayerResult): LayerResult {
  if (lost === undefined) return result;
  const losses = lossProblems(lost).map((problem) => ({ ...problem, layer: result.index.index }));
  return { ...result, detections: { ...result.detections, problems: [...result.detections.problems, ...losses] } };
}

/** The same layer bytes can lie at another position in another platform, or twice in one image. */
function atPosition(result: LayerResult | undefined, index: number): LayerResult {
  if (result === undefined) throw new Error(`layer ${index} was not read`);
  if (result.index.index === index) return result;
  const problems = result.index.problems.map((problem) => ({ ...problem, layer: index }));
  const found = result.detections.problems.map((problem) => ({ ...problem, layer: index }));
  return {
    ...result,
    index: { ...result.index, index, problems },
    detections: { ...result.detections, problems: found },
  };
}
