import type { Digest } from '../model/digest.ts';
import type { ImageConfig, Platform } from '../model/image.ts';
import type { Attestation } from './attestations/attestation.ts';
import type { StatedLayer } from './layer-sources.ts';

/** One image of an archive, before its layers are bound. */
export interface Candidate {
  /** Names it can be chosen by; several candidates may share one (platforms of an index). */
  readonly refs: readonly string[];
  readonly platform: Platform | undefined;
  /** Tells candidates apart and equal ones together: the manifest digest, or the configuration's name. */
  readonly identity: string;
  /** Whether all its blobs are here: indexes often name platforms that were not exported. */
  readonly isComplete: boolean;
  /** Reads manifest and configuration. Throws what a damaged image deserves. */
  load(): LoadedImage;
}

export interface LoadedImage {
  readonly manifestDigest?: Digest;
  readonly manifestBytes: Uint8Array;
  readonly annotations: Readonly<Record<string, string>>;
  readonly configDigest: Digest;
  readonly configBytes: Uint8Array;
  readonly config: ImageConfig;
  readonly layers: readonly StatedLayer[];
  /** What its builder stated about it. */
  readonly attestations?: readonly Attestation[];
  readonly problems: readonly { readonly code: string; readonly detail: string }[];
}
