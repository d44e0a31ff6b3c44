import type { LayerHistory } from '../layers/squash.ts';

/**
 * Tells the layers of a known base image: those of the longest known chain of diffIDs that the image begins with.
 * Offline and exact: a chain matches or it does not.
 */
export function inBaseOf(history: LayerHistory, chains: readonly (readonly string[])[]): (layer: number) => boolean {
  const diffIds = history.layers.map((layer) => layer.diffId);
  const length = Math.max(
    0,
    ...chains
      .filter((chain) => chain.length <= diffIds.length && chain.every((diffId, index) => diffIds[index] === diffId))
      .map((chain) => chain.length),
  );
  return (layer) => layer < length;
}
