import { ENTRY_KIND } from './layer-index.ts';
import type { LayerHistory } from './squash.ts';

export interface Waste {
  /** Bytes of regular files that the final file system does not show. */
  readonly bytes: number;
  /** As dive computes it, 0 to 1. */
  readonly efficiency: number;
}

/**
 * Wasted bytes and dive's efficiency score: over all paths, the smallest size a layer gives a path, divided by all
 * sizes all layers give it. The removal of a file is a layer that gives it no bytes; that of a directory gives its
 * path the bytes below it (https://github.com/wagoodman/dive, filetree/efficiency.go).
 */
export function measureWaste(history: LayerHistory): Waste {
  const smallest = new Float64Array(history.pathCount).fill(Number.POSITIVE_INFINITY);
  const sums = new Float64Array(history.pathCount);
  let bytes = 0;
  for (const [layer, { entries }] of history.layers.entries()) {
    bytes += history.hiddenBytes(layer);
    for (let row = 0; row < entries.count; row += 1) {
      const path = history.pathNumber(layer, row);
      const kind = entries.kind[row];
      if (path < 0 || kind === ENTRY_KIND.directory || kind === ENTRY_KIND.opaque) continue;
      const size = kind === ENTRY_KIND.whiteout ? bytesBefore(history, layer, row) : (entries.size[row] ?? 0);
      smallest[path] = Math.min(smallest[path] ?? 0, size);
      sums[path] = (sums[path] ?? 0) + size;
    }
  }
  return { bytes, efficiency: ratio(smallest, sums) };
}

function ratio(smallest: Float64Array, sums: Float64Array): number {
  let least = 0;
  let all = 0;
  for (const [path, sum] of sums.entries()) {
    if (smallest[path] === Number.POSITIVE_INFINITY) continue;
    least += smallest[path] ?? 0;
    all += sum;
  }
  return all === 0 ? 1 : least / all;
}

/** Bytes below a directory before a layer removes it; 0 for everything else. */
function bytesBefore(history: LayerHistory, layer: number, row: number): number {
  const path = history.path(layer, row);
  const view = history.view(layer - 1);
  if (view.lookup(path)?.kind !== ENTRY_KIND.directory) return 0;
  let bytes = 0;
  for (const file of view.entries(path)) bytes += file.size;
  return bytes;
}
