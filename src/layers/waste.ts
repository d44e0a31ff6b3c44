import type { LayerHistory } from './squash.ts';

export interface Waste {
  /** Bytes of regular files that no path of the final file system shows. */
  readonly bytes: number;
  /** As dive computes it, 0 to 1. */
  readonly efficiency: number;
}

export function measureWaste(history: LayerHistory): Waste {
  throw new Error(`${history.layers.length}`);
}
