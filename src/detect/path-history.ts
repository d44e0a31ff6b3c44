import type { LayerDetections } from './detection.ts';

/** One instance of a path: the layer that wrote it and the layer that hid it. */
export interface PathInstance {
  readonly layer: number;
  readonly removedIn?: number;
}

/** When the files that detectors read were written and hidden: the instances of a path by layer, ascending. */
export type PathHistory = (path: string) => readonly PathInstance[];

/** The history of all visited files. Paths that no detector visited have none. */
export function pathHistory(
  layers: readonly LayerDetections[],
  removedIn: (layer: number, entry: number) => number | undefined,
): PathHistory {
  const instances = new Map<string, PathInstance[]>();
  for (const [layer, detections] of layers.entries()) {
    for (const { path, entry } of detections.visited) {
      const hidden = removedIn(layer, entry);
      const instance: PathInstance = hidden === undefined ? { layer } : { layer, removedIn: hidden };
      const list = instances.get(path);
      if (list === undefined) instances.set(path, [instance]);
      // A path written twice in one layer: the later entry is the one that counts.
      else if (list.at(-1)?.layer === layer) list[list.length - 1] = instance;
      else list.push(instance);
    }
  }
  return (path) => instances.get(path) ?? [];
}
