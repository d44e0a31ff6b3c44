import type { FileReport, HiddenHow } from '../model/analysis.ts';
import type { State } from '../model/evidence.ts';
import type { FileTree } from './file-tree.ts';
import type { LayerIndex } from './layer-index.ts';

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
  /** The file system after `layer` (default: the last one). */
  view(layer?: number): FileTree;
  /** Bytes of regular files of this layer that the final file system does not show. */
  hiddenBytes(layer: number): number;
}

/** Applies whiteouts, opaque directories, overwrites and replacements (OCI image-spec layer.md) in layer order. */
export function squash(layers: readonly LayerIndex[]): LayerHistory {
  throw new Error(`${layers.length}`);
}

/** Deleted and overwritten files, setuid, capabilities, world-writable, devices; all sorted by path and layer. */
export function reportFiles(history: LayerHistory): FileReport {
  throw new Error(`${history.layers.length}`);
}
