import type { LayerHistory } from '../layers/squash.ts';

/**
 * Tells the layers of a known base image: those of the longest known chain of diffIDs that the image begins with.
 * Offline and exact: a chain matches or it does not.
 */
export function inBaseOf(history: LayerHistory, chains: readonly (readonly string[])[]): (layer: number) => boolean {
  const { length } = baseChain(history.layers, chains) ?? [];
  return (layer) => layer < length;
}

/** The longest of the chains of diffIDs that the layers begin with, the first of several. */
export function baseChain(
  layers: readonly { readonly diffId: string }[],
  chains: readonly (readonly string[])[],
): readonly string[] | undefined {
  const begun = chains.filter(
    (chain) => chain.length <= layers.length && chain.every((diffId, index) => layers[index]?.diffId === diffId),
  );
  return begun.toSorted((left, right) => right.length - left.length)[0];
}
