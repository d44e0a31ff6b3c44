import type { Limits } from '../limits.ts';
import type { HeldFile, LayerDetections } from './detection.ts';
import type { Detector } from './detector.ts';
import { joinDetections } from './join-detections.ts';
import type { PathHistory } from './path-history.ts';
import { compileRoute, type Route } from './route.ts';
import { DetectionCollector, type FileInput, type SiblingLookup } from './run-detectors.ts';

/**
 * Runs the detectors that need several files together (a database and its write-ahead log, a project file and its
 * assemblies). Each layer in which one of the files changed is read with the files as they were then.
 */
export function runCompanions(
  detectors: readonly Detector[],
  layers: readonly LayerDetections[],
  history: PathHistory,
  limits: Limits,
): readonly LayerDetections[] {
  const paired = detectors.filter((detector) => detector.companions !== undefined);
  const held = layers.map((layer) => new Map(layer.held.map((file) => [file.path, file])));
  if (paired.length === 0 || held.every((files) => files.size === 0)) return layers;
  return layers.map((detections, layer) => {
    const changed = held[layer];
    if (changed === undefined || changed.size === 0) return { ...detections, held: [] };
    const view = viewAt(layer, held, history);
    const collector = new DetectionCollector(layer, limits);
    for (const detector of paired) {
      for (const file of filesToRead(detector, view, changed)) collector.run(detector, toInput(file), siblingsIn(view));
    }
    return joinDetections([{ ...detections, held: [] }, collector.result()]);
  });
}

/** The held files visible in the layers up to and including one, by path. */
function viewAt(
  layer: number,
  held: readonly ReadonlyMap<string, HeldFile>[],
  history: PathHistory,
): ReadonlyMap<string, HeldFile> {
  const view = new Map<string, HeldFile>();
  const paths = new Set(held.slice(0, layer + 1).flatMap((files) => [...files.keys()]));
  for (const path of [...paths].sort()) {
    const instance = history(path).findLast((candidate) => candidate.layer <= layer);
    if (instance === undefined || (instance.removedIn !== undefined && instance.removedIn <= layer)) continue;
    const file = held[instance.layer]?.get(path);
    if (file !== undefined) view.set(path, file);
  }
  return view;
}

/** Selected files of the view that changed in this layer, or that stand in or above a directory where a companion did. */
function filesToRead(
  detector: Detector,
  view: ReadonlyMap<string, HeldFile>,
  changed: ReadonlyMap<string, HeldFile>,
): HeldFile[] {
  const selects = compileRoute([{ ...detector, companions: [] }]);
  const accompanies = compileRoute([{ ...detector, select: detector.companions ?? [], companions: [] }]);
  const touched = [...changed.values()]
    .filter((file) => holds(accompanies, file))
    .map((file) => directoryOf(file.path));
  return [...view.values()].filter((file) => {
    if (!holds(selects, file)) return false;
    const own = directoryOf(file.path);
    return changed.has(file.path) || touched.some((directory) => directory === own || directory.startsWith(`${own}/`));
  });
}

function holds(route: Route, file: HeldFile): boolean {
  return (
    route.byPath(file.path, file.bytes.length).hold || route.byHead(file.bytes.subarray(0, 512), file.bytes.length).hold
  );
}

function directoryOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

function siblingsIn(view: ReadonlyMap<string, HeldFile>): SiblingLookup {
  return {
    find: (path) => {
      const file = view.get(path);
      return file === undefined ? undefined : toInput(file);
    },
    below: (directory) => {
      const prefix = directory.endsWith('/') ? directory : `${directory}/`;
      return [...view.values()].filter((file) => file.path.startsWith(prefix)).map(toInput);
    },
  };
}

function toInput(file: HeldFile): FileInput {
  return { path: file.path, mode: file.mode, bytes: file.bytes };
}
