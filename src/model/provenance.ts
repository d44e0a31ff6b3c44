/**
 * How an image was built, as its builder stated it in an attestation beside the image (SLSA provenance,
 * https://slsa.dev/spec/v1.2/provenance). Nobody vouches for it unless it is `signed`.
 */
export interface Provenance {
  readonly predicateType: string;
  readonly builder?: string;
  readonly buildType?: string;
  /** Where the build began. */
  readonly source?: { readonly uri?: string; readonly revision?: string; readonly path?: string };
  readonly startedOn?: string;
  readonly finishedOn?: string;
  /** What went into the build, base images among it; sorted. `digest` as `sha256:…`, `sha1:…`. */
  readonly materials: readonly { readonly uri: string; readonly digest?: string }[];
  /** Whether the signer of the image signed an index that lists the statement. */
  readonly signed: boolean;
}
