import { type NestedBudget, nestedBudget } from '../archive-formats/nested.ts';
import type { Classifier } from '../catalog/binary/classifier.ts';
import { toDetector } from '../catalog/binary/to-detector.ts';
import type { LayerDetections } from '../detect/detection.ts';
import { type InsideFile, insideFormat, isBudgetSpent, lookInside } from '../detect/look-inside.ts';
import { DETECTORS } from '../detect/registry.generated.ts';
import { compileRoute, joinWanted, type Route, type Wanted } from '../detect/route.ts';
import { DetectionCollector } from '../detect/run-detectors.ts';
import type { LayerSource } from '../image/opened-image.ts';
import type { CaptureBudget } from '../layers/capture-budget.ts';
import { indexLayer } from '../layers/index-layer.ts';
import type { LayerConsumer, StreamBlock, StreamedFile, StreamSpan } from '../layers/layer-consumer.ts';
import type { LayerIndex } from '../layers/layer-index.ts';
import type { Limits } from '../limits.ts';
import type { OwnRule } from '../secrets/own-rules/own-rule.ts';
import { createSecretScanner, type SecretDraft, type SecretStreamScanner } from '../secrets/stream-scanner.ts';
import { createMemory, type LinearMemory } from '../wasm/load.ts';

/** What one thread needs to know to analyze one layer: plain data. */
export interface LayerTask {
  readonly source: LayerSource;
  readonly limits: Limits;
  /** Whether package detectors run. */
  readonly packages: boolean;
  /** Whether every byte passes the secret anchors. */
  readonly secrets: boolean;
  /** Secret rules of the user. */
  readonly ownRules?: readonly OwnRule[];
  /** Program classifiers of the bundle, instead of the built-in ones. */
  readonly classifiers?: readonly Classifier[];
  readonly captureBudget: CaptureBudget;
  /** One 64-bit counter of stored bytes read, shared by all threads. */
  readonly progress: SharedArrayBuffer;
}

/** Everything one pass over a layer yields. */
export interface LayerResult {
  readonly index: LayerIndex;
  readonly detections: LayerDetections;
  readonly secrets: readonly SecretDraft[];
}

/** First bytes within which archives show what they are. */
const HEAD_BYTES = 512;
const STREAM_MEMORY = 4 * 1024 * 1024;

let compiled: { readonly classifiers: string; readonly route: Route } | undefined;
let memory: LinearMemory | undefined;

/** One streaming pass over one layer: verify, index, detect, search for secrets. */
export async function analyzeLayer(task: LayerTask): Promise<LayerResult> {
  memory ??= createMemory(STREAM_MEMORY);
  const pass = new LayerPass(task, routeFor(task.classifiers));
  const counter = new BigInt64Array(task.progress);
  const index = await indexLayer(task.source, {
    limits: task.limits,
    consumer: pass,
    memory,
    captureBudget: task.captureBudget,
    onProgress: (bytes) => Atomics.add(counter, 0, BigInt(bytes)),
  });
  return pass.result(index);
}

/** Compiled once per thread and set of classifiers. */
function routeFor(classifiers: readonly Classifier[] | undefined): Route {
  const key = JSON.stringify(classifiers ?? '');
  if (compiled?.classifiers === key) return compiled.route;
  const own = classifiers === undefined ? undefined : toDetector(classifiers);
  const detectors = own === undefined ? DETECTORS : [...DETECTORS.filter(({ id }) => id !== own.id), own];
  compiled = { classifiers: key, route: compileRoute(detectors) };
  return compiled.route;
}

/** Feeds what streams by to the detectors and the secret scanner. */
class LayerPass implements LayerConsumer {
  readonly detections: DetectionCollector;
  readonly secrets: SecretStreamScanner | undefined;
  readonly #task: LayerTask;
  readonly #route: Route;

  constructor(task: LayerTask, route: Route) {
    this.#task = task;
    this.#route = route;
    this.detections = new DetectionCollector(task.source.index, task.limits);
    this.secrets = task.secrets
      ? createSecretScanner({
          limits: task.limits,
          ...(task.ownRules === undefined ? {} : { ownRules: task.ownRules }),
          ...(memory === undefined ? {} : { memory }),
        })
      : undefined;
  }

  result(index: LayerIndex): LayerResult {
    const drafts = this.secrets?.finish() ?? [];
    for (const { path, code, detail } of this.secrets?.problems() ?? [])
      this.detections.problem(path, { code, detail });
    return { index, detections: this.detections.result(), secrets: drafts };
  }

  wants(file: StreamedFile): 'yes' | 'no' | 'ask' {
    if (this.#task.packages && isWanted(this.#route.byPath(file.path, file.size))) return 'yes';
    return file.size > 0 && (this.#task.packages || this.#task.secrets) ? 'ask' : 'no';
  }

  wantsHead(file: StreamedFile, head: Uint8Array): boolean {
    return insideFormat(head) !== undefined || (this.#task.packages && isWanted(this.#route.byHead(head, file.size)));
  }

  file(file: StreamedFile, bytes: Uint8Array): void {
    this.#visit({ path: file.path, bytes }, { mode: file.mode, entry: file.entry }, undefined);
  }

  tooLarge(file: StreamedFile): void {
    const detail = `${file.size} bytes are more than a detector may hold; packages and archive members in it were not looked for`;
    this.detections.problem(file.path, { code: 'PLM_LIMIT', detail });
  }

  block(block: StreamBlock, spans: readonly StreamSpan[]): void {
    this.secrets?.block(block, spans);
  }

  /** Runs the detectors on a file or member, then descends where it is an archive itself. */
  #visit(
    file: InsideFile,
    place: { mode: number; entry?: number },
    nested: { depth: number; budget: NestedBudget } | undefined,
  ): void {
    const { limits } = this.#task;
    if (this.#task.packages) {
      const head = file.bytes.subarray(0, HEAD_BYTES);
      const wanted = joinWanted(
        this.#route.byPath(file.path, file.bytes.length),
        this.#route.byHead(head, file.bytes.length),
      );
      if (isWanted(wanted)) this.detections.visit({ ...file, ...place }, wanted);
    }
    if (nested !== undefined) this.secrets?.scanBytes(file.path, file.bytes);
    const format = insideFormat(file.bytes.subarray(0, HEAD_BYTES));
    if (format === undefined) return;
    const depth = nested?.depth ?? 0;
    if (depth >= limits.nestedDepth) {
      this.detections.problem(file.path, {
        code: 'PLM_NESTED_LIMIT',
        detail: `archives nest deeper than ${depth}; this one was not looked into`,
      });
      return;
    }
    const budget = nested?.budget ?? nestedBudget(limits);
    try {
      const onProblem = this.detections.problem.bind(this.detections, file.path);
      for (const member of lookInside(file, format, { limits, budget, onProblem })) {
        this.#visit(member, { mode: 0 }, { depth: depth + 1, budget });
      }
    } catch (error) {
      if (nested !== undefined || !isBudgetSpent(error)) throw error;
      const detail = `members unpack to more than ${limits.nestedBytes} bytes; the rest was not looked into`;
      this.detections.problem(file.path, { code: 'PLM_NESTED_LIMIT', detail });
    }
  }
}

function isWanted(wanted: Wanted): boolean {
  return wanted.hold || wanted.now.length > 0;
}
