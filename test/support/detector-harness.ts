import { nestedBudget } from '../../src/archive-formats/nested.ts';
import { zipMembers } from '../../src/archive-formats/zip.ts';
import type {
  ArchiveMember,
  DetectContext,
  Detector,
  FileView,
  Observation,
  Selector,
} from '../../src/detect/detector.ts';
import { DEFAULT_LIMITS, type Limits } from '../../src/limits.ts';
import type { PackageDraft } from '../../src/model/package.ts';

/** Files by absolute path. In a layer after the first, `null` is a whiteout. */
export type FileTree = Readonly<Record<string, string | Uint8Array | null>>;

export interface HarnessOptions {
  readonly mode?: number;
  readonly limits?: Partial<Limits>;
}

/** What one detector says about every file of a tree that it selects, in order of path. */
export function runDetector(detector: Detector, tree: FileTree, options: HarnessOptions = {}): Observation[] {
  const views = viewsOf(detector, tree, options.mode ?? 0o644);
  const context = contextOf(options.limits ?? {});
  return [...views.values()]
    .filter((view) => detector.select.some((selector) => selects(selector, view)))
    .flatMap((view) => [...detector.detect(view, context)]);
}

/** The same for several detectors, in the order given. */
export function runDetectors(
  detectors: readonly Detector[],
  tree: FileTree,
  options: HarnessOptions = {},
): Observation[] {
  return detectors.flatMap((detector) => runDetector(detector, tree, options));
}

/** What a detector says as of each layer, the layers laid over one another. */
export function runLayers(detector: Detector, layers: readonly FileTree[]): Observation[][] {
  const squashed = new Map<string, string | Uint8Array | null>();
  return layers.map((layer) => {
    for (const [path, content] of Object.entries(layer)) {
      if (content === null) squashed.delete(path);
      else squashed.set(path, content);
    }
    return runDetector(detector, Object.fromEntries(squashed));
  });
}

export function packagesOf(observations: readonly Observation[]): PackageDraft[] {
  return observations.flatMap((one) => (one.kind === 'package' ? [one.package] : []));
}

export function problemsOf(observations: readonly Observation[]): string[] {
  return observations.flatMap((one) => (one.kind === 'problem' ? [`${one.problem.code}: ${one.problem.detail}`] : []));
}

function viewsOf(detector: Detector, tree: FileTree, mode: number): Map<string, FileView> {
  const views = new Map<string, FileView>();
  const held = [...detector.select, ...(detector.companions ?? [])];
  for (const path of Object.keys(tree).sort()) {
    const content = tree[path];
    if (content === undefined || content === null) continue;
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    const view: FileView = {
      path,
      size: bytes.length,
      mode,
      bytes: () => bytes,
      text: () => new TextDecoder().decode(bytes),
      sibling: (name) => views.get(name.startsWith('/') ? name : path.slice(0, path.lastIndexOf('/') + 1) + name),
    };
    if (held.some((selector) => selects(selector, view))) views.set(path, view);
  }
  return views;
}

function selects(selector: Selector, file: FileView): boolean {
  if (selector.minSize !== undefined && file.size < selector.minSize) return false;
  if (selector.maxSize !== undefined && file.size > selector.maxSize) return false;
  if ('path' in selector) return file.path === selector.path;
  if ('basename' in selector) return file.path.slice(file.path.lastIndexOf('/') + 1) === selector.basename;
  if ('suffix' in selector) return file.path.endsWith(selector.suffix);
  if ('pattern' in selector) return selector.pattern.test(file.path);
  const offset = selector.offset ?? 0;
  return selector.magic.every((byte, index) => file.bytes()[offset + index] === byte);
}

function contextOf(overrides: Partial<Limits>): DetectContext {
  const limits = { ...DEFAULT_LIMITS, ...overrides };
  return {
    limits,
    zipMembers: (file): Iterable<ArchiveMember> =>
      zipMembers(file.bytes(), limits, nestedBudget(limits.nestedBytes), ({ code, detail }) => {
        throw new Error(`${code}: ${detail}`);
      }),
  };
}
