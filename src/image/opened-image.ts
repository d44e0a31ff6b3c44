import type { Digest } from '../model/digest.ts';
import type { HistoryEntry, ImageConfig, ImageKind, Platform } from '../model/image.ts';
import type { Problem } from '../model/problem.ts';
import type { ImageSigner } from '../model/signer.ts';
import type { Attestation } from './attestations/attestation.ts';

/**
 * Where the bytes of one layer lie: plain data that can be sent to a worker, which opens `file` by itself.
 * Equal `key`s are the same bytes and need to be read once.
 */
export interface LayerSource {
  /** Position in the image, from 0; empty history entries are not counted. */
  readonly index: number;
  readonly key: string;
  /**
   * `blob`: a tar (compressed or not) at `offset` of `file`; `directory`: a root file system to be walked;
   * `absent`: a foreign layer that the archive does not hold, indexed as empty.
   */
  readonly kind: 'blob' | 'directory' | 'absent';
  readonly file: string;
  /** Bytes. */
  readonly offset: number;
  /** Bytes as stored; 0 for directories. */
  readonly size: number;
  /** The digest the manifest states for the stored bytes; absent in docker archives of loose layers. */
  readonly digest?: Digest;
  /** The digest the configuration states for the uncompressed tar. */
  readonly diffId?: Digest;
  readonly mediaType?: string;
  readonly createdBy?: string;
  /** The history entry that made the layer. */
  readonly history?: HistoryEntry;
}

/** An image whose manifest and configuration were read and verified; its layers are not read yet. */
export interface OpenedImage {
  readonly kind: Exclude<ImageKind, 'sbom'>;
  /** The name it was chosen by or carries: `repo:tag`, or the OCI reference annotation. */
  readonly ref?: string;
  readonly tags: readonly string[];
  readonly manifestDigest?: Digest;
  readonly configDigest: Digest;
  readonly platform: Platform;
  readonly config: ImageConfig;
  /** The configuration as stored: for the secret scanner and for signature checks. Empty for `dir:`. */
  readonly configBytes: Uint8Array;
  /** The manifest as stored; empty where the archive has none of the registry's kind. */
  readonly manifestBytes: Uint8Array;
  /** Whose signature was verified, where one was demanded. */
  readonly signer?: ImageSigner;
  readonly annotations: Readonly<Record<string, string>>;
  /** What its builder stated about it, as the index beside the image lists it. */
  readonly attestations: readonly Attestation[];
  readonly layers: readonly LayerSource[];
  readonly problems: readonly Problem[];
  /** Removes temporary files; call it once all layers were read. Safe to call twice. */
  close(): Promise<void>;
}
