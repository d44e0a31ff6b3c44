export type Order = -1 | 0 | 1;

/** How one ecosystem orders its versions. One file per scheme; looked up by id in `registry.generated.ts`. */
export interface VersionScheme {
  /** `dpkg`, `rpm`, `apk`, `semver`, `pep440`, `maven`, `gem`, `composer`, … */
  readonly id: string;
  readonly title: string;
  /** Address of the definition. */
  readonly specification: string;
  /** Undefined when either side is not a version of this scheme: callers report it and never guess. */
  compare(left: string, right: string): Order | undefined;
  /**
   * Bytes whose unsigned order is the order of `compare`; equal versions have equal keys. Undefined where the version
   * cannot be written so: it is then compared at run time. Schemes without a proven encoding have none.
   */
  readonly encode?: (version: string) => Uint8Array | undefined;
}
