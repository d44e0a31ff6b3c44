import type { LayerDetections, PackageClaim } from '../../src/detect/detection.ts';
import type { PackageDraft } from '../../src/model/package.ts';

/** One layer's detections with the parts given and nothing else. */
export function layerDetections(parts: Partial<LayerDetections> = {}): LayerDetections {
  return { visited: [], packages: [], owned: [], distros: [], facts: [], held: [], problems: [], ...parts };
}

/** A claim of a package by the file that is its evidence. */
export function claim(
  evidence: string,
  draft: Partial<PackageDraft> & { name: string; version: string },
): PackageClaim {
  return { detector: 'npm/package-json', evidence, path: evidence, draft: { type: 'npm', ...draft } };
}
