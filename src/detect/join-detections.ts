import type { LayerDetections } from './detection.ts';

/** What several readers found in parts of one layer, in the order given. */
export function joinDetections(parts: readonly LayerDetections[]): LayerDetections {
  return {
    visited: parts.flatMap((part) => part.visited),
    packages: parts.flatMap((part) => part.packages),
    owned: parts.flatMap((part) => part.owned),
    distros: parts.flatMap((part) => part.distros),
    facts: parts.flatMap((part) => part.facts),
    held: parts.flatMap((part) => part.held),
    problems: parts.flatMap((part) => part.problems),
  };
}
