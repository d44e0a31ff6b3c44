import { assemble, type Found } from '../detect/assemble.ts';
import { DETECTORS } from '../detect/registry.generated.ts';
import type { LayerHistory } from '../layers/squash.ts';
import type { Limits } from '../limits.ts';
import type { LayerResult } from '../pool/analyze-layer.ts';
import { directoryResolver } from './directory-resolver.ts';
import { linkTargets } from './link-targets.ts';

/** Joins what the detectors saw in each layer into the packages of the image and their states. */
export function findPackages(layers: readonly LayerResult[], history: LayerHistory, limits: Limits): Found {
  return assemble({
    layers: layers.map((layer) => layer.detections),
    detectors: DETECTORS,
    removedIn: (layer, entry) => history.fate(layer, entry).removedIn,
    resolveDirectory: directoryResolver(history.view()),
    isLinked: linkTargets(history),
    limits,
  });
}
