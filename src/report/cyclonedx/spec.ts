import { type Serialize, Spec } from '@cyclonedx/cyclonedx-library';

/** Versions written, the default first. */
export const CYCLONEDX_VERSIONS = ['1.6', '1.7', '1.5', '1.4'] as const;

/** The library's description of a version. */
type LibrarySpec = ConstructorParameters<typeof Serialize.JSON.Normalize.Factory>[0];

export type CyclonedxVersion = (typeof CYCLONEDX_VERSIONS)[number];

const SPECS: Readonly<Record<CyclonedxVersion, LibrarySpec>> = {
  '1.4': Spec.Spec1dot4,
  '1.5': Spec.Spec1dot5,
  '1.6': Spec.Spec1dot6,
  '1.7': Spec.Spec1dot7,
};

/** The version asked for, the default where none was. Throws a plain Error for one that the format does not list. */
export function cyclonedxVersion(version: string | undefined): CyclonedxVersion {
  const found = CYCLONEDX_VERSIONS.find((known) => known === (version ?? CYCLONEDX_VERSIONS[0]));
  if (found === undefined) throw new Error(`no CycloneDX version ${version}`);
  return found;
}

export function specOf(version: CyclonedxVersion): LibrarySpec {
  return SPECS[version];
}

/** `evidence.occurrences` came with 1.5, their context with 1.6. */
export function occurrenceFields(version: CyclonedxVersion): {
  readonly occurrences: boolean;
  readonly context: boolean;
} {
  return { occurrences: version !== '1.4', context: version !== '1.4' && version !== '1.5' };
}
