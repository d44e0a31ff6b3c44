import { DEFAULT_LIMITS, type Limits } from '../limits.ts';
import type { HiddenHow } from '../model/analysis.ts';
import type { State } from '../model/evidence.ts';
import { ColumnFileTree } from './column-file-tree.ts';
import type { FileTree } from './file-tree.ts';
import { ENTRY_KIND, entryPath, type LayerIndex } from './layer-index.ts';
import { type SquashedPaths, Squasher } from './squasher.ts';

/** What became of one entry of one layer. `removedIn` and `how` are absent while present. */
export interface Fate {
  readonly state: State;
  readonly removedIn?: number;
  readonly how?: HiddenHow;
}

/** All layers of an image put on top of each other, with nothing forgotten. */
export interface LayerHistory {
  readonly layers: readonly LayerIndex[];
  /** Fate of the row `entry` of a layer's table. */
  fate(layer: number, entry: number): Fate;
  /** What the path showed before this layer, undefined where there was nothing. */
  before(layer: number, entry: number): { readonly layer: number; readonly entry: number } | undefined;
  /** Where the row lies in the image: its own path, or, where a parent is a symlink, the place behind it. */
  path(layer: number, entry: number): string;
  /** A number per path, below `pathCount`; -1 for whiteouts that hide nothing. */
  pathNumber(layer: number, entry: number): number;
  readonly pathCount: number;
  /** The file system after `layer` (default: the last one). */
  view(layer?: number): FileTree;
  /** Bytes of regular files of this layer that the final file system does not show. */
  hiddenBytes(layer: number): number;
}

/**
 * Applies whiteouts, opaque directories, overwrites and replacements (OCI image-spec layer.md) in layer order.
 * Whiteouts hide only what lower layers hold, wherever in the archive they stand. An entry below a symlink goes where
 * the link leads, as it does when a runtime unpacks the layer. Throws PLM_LIMIT where that is more than is kept in memory.
 */
export function squash(layers: readonly LayerIndex[], limits: Limits = DEFAULT_LIMITS): LayerHistory {
  const squasher = new Squasher(layers, limits);
  for (const index of layers.keys()) squasher.apply(index);
  return new ColumnHistory(squasher.finish());
}

const PRESENT: Fate = { state: 'present' };

class ColumnHistory implements LayerHistory {
  readonly #paths: SquashedPaths;
  readonly #hiddenBytes: Float64Array;

  constructor(paths: SquashedPaths) {
    this.#paths = paths;
    this.#hiddenBytes = sumHiddenBytes(paths);
  }

  get layers(): readonly LayerIndex[] {
    return this.#paths.instances.layers;
  }

  fate(layer: number, entry: number): Fate {
    const { instances } = this.#paths;
    const instance = instances.instance(layer, entry);
    const how = instances.how(instance);
    if (how === undefined) return PRESENT;
    return { state: how === 'overwritten' ? 'overwritten' : 'deleted', removedIn: instances.hiddenIn(instance), how };
  }

  before(layer: number, entry: number): { readonly layer: number; readonly entry: number } | undefined {
    const { instances } = this.#paths;
    let instance = instances.previous[instances.instance(layer, entry)] ?? -1;
    while (instance >= 0 && !instances.isVisibleAfter(instance, layer - 1))
      instance = instances.previous[instance] ?? -1;
    if (instance < 0) return undefined;
    const lower = instances.layerOf(instance);
    return { layer: lower, entry: instances.entryOf(instance, lower) };
  }

  path(layer: number, entry: number): string {
    const node = this.pathNumber(layer, entry);
    const index = this.layers[layer];
    if (node >= 0 || index === undefined) return this.#paths.tree.path(node);
    return entryPath(index.entries, entry);
  }

  pathNumber(layer: number, entry: number): number {
    const { instances } = this.#paths;
    return instances.node[instances.instance(layer, entry)] ?? -1;
  }

  get pathCount(): number {
    return this.#paths.tree.count;
  }

  view(layer: number = this.layers.length - 1): FileTree {
    return new ColumnFileTree(this.#paths, layer);
  }

  hiddenBytes(layer: number): number {
    return this.#hiddenBytes[layer] ?? 0;
  }
}

function sumHiddenBytes({ instances }: SquashedPaths): Float64Array {
  const sums = new Float64Array(instances.layers.length);
  for (const [index, { entries }] of instances.layers.entries()) {
    for (let row = 0; row < entries.count; row += 1) {
      const isHidden = instances.isHidden(instances.instance(index, row));
      if (isHidden && entries.kind[row] === ENTRY_KIND.file)
        sums[index] = (sums[index] ?? 0) + (entries.size[row] ?? 0);
    }
  }
  return sums;
}
