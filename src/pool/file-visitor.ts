import { chargeArchive, type NestedBudget } from '../archive-formats/nested.ts';
import type { Classifier } from '../catalog/binary/classifier.ts';
import { toDetector } from '../catalog/binary/to-detector.ts';
import { type InsideFile, type InsideFormat, insideFormat, isBudgetSpent, lookInside } from '../detect/look-inside.ts';
import { DETECTORS } from '../detect/registry.generated.ts';
import { compileRoute, joinWanted, type Route, type Wanted } from '../detect/route.ts';
import { DetectionCollector } from '../detect/run-detectors.ts';
import type { Limits } from '../limits.ts';
import type { OwnRule } from '../secrets/own-rules/own-rule.ts';
import { createSecretScanner, type SecretStreamScanner } from '../secrets/stream-scanner.ts';
import type { Finds } from './finds-keeper.ts';
import { threadMemory } from './thread-memory.ts';

/** What is looked for, and within which limits: plain data, the same for all parts of a run. */
export interface VisitSettings {
  readonly limits: Limits;
  /** Whether package detectors run. */
  readonly packages: boolean;
  /** Whether every byte passes the secret anchors. */
  readonly secrets: boolean;
  /** Secret rules of the user. */
  readonly ownRules?: readonly OwnRule[];
  /** Program classifiers of the bundle, instead of the built-in ones. */
  readonly classifiers?: readonly Classifier[];
}

const NOTHING: Wanted = { now: [], hold: false };
/** First bytes within which archives show what they are. */
const HEAD_BYTES = 512;

const routes = new WeakMap<VisitSettings, Route>();

/** Compiled once per thread and settings. */
function routeFor(settings: VisitSettings): Route {
  const known = routes.get(settings);
  if (known !== undefined) return known;
  const { classifiers } = settings;
  const own = classifiers === undefined ? undefined : toDetector(classifiers);
  const detectors = own === undefined ? DETECTORS : [...DETECTORS.filter(({ id }) => id !== own.id), own];
  const route = compileRoute(detectors);
  routes.set(settings, route);
  return route;
}

/** Brings the files of a layer and the members of its archives to the detectors and the secret scanner. */
export class FileVisitor {
  readonly detections: DetectionCollector;
  readonly secrets: SecretStreamScanner | undefined;
  readonly #settings: VisitSettings;
  readonly #route: Route;

  /** Settings are compiled once per object, so pass the same one. */
  constructor(settings: VisitSettings, layer: number) {
    const { limits, ownRules } = settings;
    // blocks of the layer lie there and are searched in place
    const memory = threadMemory();
    this.#settings = settings;
    this.#route = routeFor(settings);
    this.detections = new DetectionCollector(layer, limits);
    this.secrets = settings.secrets
      ? createSecretScanner({ limits, memory, ...(ownRules === undefined ? {} : { ownRules }) })
      : undefined;
  }

  finish(): Finds {
    const secrets = this.secrets?.finish() ?? [];
    for (const { path, code, detail } of this.secrets?.problems() ?? [])
      this.detections.problem(path, { code, detail });
    return { detections: this.detections.result(), secrets };
  }

  isWantedByPath(path: string, size: number): boolean {
    return isWanted(this.wantedByPath(path, size));
  }

  /** What a file is wanted for, for its path alone. */
  wantedByPath(path: string, size: number): Wanted {
    return this.#settings.packages ? this.#route.byPath(path, size) : NOTHING;
  }

  isWantedByHead(head: Uint8Array, size: number): boolean {
    return this.#settings.packages && isWanted(this.#route.byHead(head, size));
  }

  /** Runs the detectors on a file of the layer. Returns its format where it is an archive to look into. */
  visitFile(file: InsideFile & { readonly mode: number; readonly entry: number }): InsideFormat | undefined {
    const isRead = this.#detect(file);
    const format = insideFormat(file.bytes);
    if (!isRead && format !== undefined) this.detections.noteVisited(file.path, file.entry);
    return format;
  }

  /** Looks into an archive of the layer and all archives in it; together they may unpack to what the budget has left. */
  visitArchive(file: InsideFile, format: InsideFormat, budget: NestedBudget): void {
    try {
      this.#visitMembers(file, format, { depth: 0, budget });
    } catch (error) {
      if (!isBudgetSpent(error)) throw error;
      const detail = 'it unpacks to more than the limit for archives of its size; the rest was not looked into';
      this.detections.problem(file.path, { code: 'PLM_NESTED_LIMIT', detail });
    }
  }

  #visitMembers(file: InsideFile, format: InsideFormat, nested: { depth: number; budget: NestedBudget }): void {
    const { limits } = this.#settings;
    const { depth, budget } = nested;
    if (depth >= limits.nestedDepth) {
      const detail = `archives nest deeper than ${depth}; this one was not looked into`;
      this.detections.problem(file.path, { code: 'PLM_NESTED_LIMIT', detail });
      return;
    }
    chargeArchive(budget);
    const onProblem = this.detections.problem.bind(this.detections, file.path);
    for (const member of lookInside(file, format, { limits, budget, onProblem })) {
      this.#detect({ ...member, mode: 0 });
      this.secrets?.scanBytes(member.path, member.bytes);
      const inner = insideFormat(member.bytes);
      if (inner !== undefined) this.#visitMembers(member, inner, { depth: depth + 1, budget });
    }
  }

  /** Whether any detector wanted the file. */
  #detect(file: InsideFile & { readonly mode: number; readonly entry?: number }): boolean {
    if (!this.#settings.packages) return false;
    const size = file.bytes.length;
    const byHead = this.#route.byHead(file.bytes.subarray(0, HEAD_BYTES), size);
    const wanted = joinWanted(this.#route.byPath(file.path, size), byHead);
    if (!isWanted(wanted)) return false;
    this.detections.visit(file, wanted);
    return true;
  }
}

function isWanted(wanted: Wanted): boolean {
  return wanted.hold || wanted.now.length > 0;
}
