/**
 * What a section of a bundle holds. `segment`: columnar index of one OSV ecosystem (key `Debian:12`, `npm`);
 * `advisories`: cold blocks of advisory records; `kev`, `epss`, `endoflife`, `classifiers`, `bases`: one section each
 * with an empty key unless stated.
 */
export type SectionType = 'segment' | 'advisories' | 'kev' | 'epss' | 'endoflife' | 'classifiers' | 'bases';

export interface Section {
  readonly type: SectionType;
  readonly key: string;
  readonly bytes: Uint8Array;
}

export interface BundleSource {
  /** `osv/Debian`, `kev`, `epss`, `endoflife`. */
  readonly id: string;
  /** RFC 3339 date or time of the data itself, not of the build. */
  readonly capturedAt: string;
  readonly records: number;
}

export interface BundleInfo {
  /** SHA-256 over the sorted (type, key, content digest) of all sections: equal for a full bundle and for base + delta. */
  readonly contentId: string;
  readonly channel: string;
  readonly epoch: number;
  readonly sequence: number;
  readonly builtAt: string;
  readonly expires?: string;
  readonly sources: readonly BundleSource[];
  readonly starter: boolean;
  readonly expired: boolean;
  readonly rolledBack: boolean;
}

/** An opened, trusted bundle. Every section is hashed against the signed manifest before its first use. */
export interface AdvisoryBundle {
  readonly info: BundleInfo;
  /** Keys of all sections of a type, sorted. */
  keys(type: SectionType): readonly string[];
  /** The section's bytes, or undefined where the bundle has none. Throws PLM_BUNDLE_DIGEST where they were altered. */
  section(type: SectionType, key: string): Uint8Array | undefined;
}
