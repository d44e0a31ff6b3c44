import type { LayerDetections, PackageClaim } from '../../src/detect/detection.ts';
import type { OwnedDigest, OwnerKey } from '../../src/detect/detector.ts';
import { type OwnedFiles, OwnedFilesBuilder } from '../../src/detect/owned-files.ts';
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

/** The files that one file says one package owns, each with the digest at its position. */
export function ownedFiles(
  evidence: string,
  list: { readonly owner: OwnerKey; readonly paths: readonly string[]; readonly digests?: readonly OwnedDigest[] },
): OwnedFiles {
  const builder = new OwnedFilesBuilder();
  for (const [index, path] of list.paths.entries()) {
    const digest = list.digests?.[index];
    builder.add(evidence, { owner: list.owner, path, ...(digest === undefined ? {} : { digest }) });
  }
  return builder.finish();
}
