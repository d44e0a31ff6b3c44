import type { Limits } from '../limits.ts';
import type { HeldFile, LayerDetections } from './detection.ts';
import type { Detector } from './detector.ts';
import { relationsOf } from './draft-keeper.ts';
import { HeldInputs, heldHead, heldSize } from './held-file.ts';
import { joinDetections } from './join-detections.ts';
import { ownedFilesBytes } from './owned-files.ts';
import type { PathHistory } from './path-history.ts';
import { compileRoute, type Route } from './route.ts';
import { DetectionCollector, type SiblingLookup } from './run-detectors.ts';

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
  // the highest first: what the image shows is in it
  const read: LayerDetections[] = [];
  let left = roomBeside(layers, limits);
  for (const [layer, detections] of [...layers.entries()].reverse()) {
    const rest = { ...detections, held: [] };
    const found = readHeld(layer, held, { paired, history, limits: left });
    left = roomBeside([found], left);
    read.unshift(joinDetections([rest, found]));
  }
  return read;
}

/** The limits, without what is taken of those for all layers together. */
function roomBeside(layers: readonly LayerDetections[], limits: Limits): Limits {
  const { owned, packages } = joinDetections(layers);
  const ownedBytes = owned.reduce((sum, files) => sum + ownedFilesBytes(files), 0);
  const relations = packages.reduce((sum, { draft }) => sum + relationsOf(draft), 0);
  return {
    ...limits,
    ownedFilesBytes: Math.max(0, limits.ownedFilesBytes - ownedBytes),
    imageRelations: Math.max(0, limits.imageRelations - relations),
  };
}

interface Reading {
  readonly paired: readonly Detector[];
  readonly history: PathHistory;
  readonly limits: Limits;
}

/** What the held files tell that changed in a layer. */
function readHeld(
  layer: number,
  held: readonly ReadonlyMap<string, HeldFile>[],
  { paired, history, limits }: Reading,
): LayerDetections {
  const collector = new DetectionCollector(layer, limits);
  const changed = held[layer];
  if (changed === undefined || changed.size === 0) return collector.result();
  const view = viewAt(layer, held, history);
  const inputs = new HeldInputs();
  const siblings: SiblingLookup = (path) => {
    const file = view.get(path);
    return file === undefined ? undefined : inputs.of(file);
  };
  for (const detector of paired) {
    for (const file of filesToRead(detector, view, changed)) {
      collector.run(detector, inputs.of(file), siblings);
      inputs.release();
    }
  }
  return collector.result();
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
  return route.byPath(file.path, heldSize(file)).hold || route.byHead(heldHead(file), heldSize(file)).hold;
}

function directoryOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}
