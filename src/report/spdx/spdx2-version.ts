import type { SpdxPackage } from './spdx-package.ts';

/** The versions of SPDX 2 that are written, the default first. */
export const SPDX2_VERSIONS = ['2.3', '2.2'] as const;
export type Spdx2Version = (typeof SPDX2_VERSIONS)[number];

export function spdx2Version(version: string | undefined): Spdx2Version {
  return SPDX2_VERSIONS.find((known) => known === version) ?? SPDX2_VERSIONS[0];
}

/** Checksum algorithms that came with 2.3; the annotation of a package has every hash. */
const NEW_ALGORITHMS = /^(?:SHA3|BLAKE)/;

/**
 * A package without what 2.3 brought: the purpose and some algorithms
 * (https://spdx.github.io/spdx-spec/v2.3/diffs-from-previous-editions/).
 */
export function packageOfVersion(item: SpdxPackage, version: Spdx2Version): SpdxPackage {
  if (version === '2.3') return item;
  const { primaryPackagePurpose: _purpose, checksums, ...rest } = item;
  const known = checksums?.filter(({ algorithm }) => !NEW_ALGORITHMS.test(algorithm)) ?? [];
  return { ...rest, ...(known.length > 0 && { checksums: known }) };
}
