import type { Digest } from './digest.ts';
import type { Provenance } from './provenance.ts';
import type { ImageSigner } from './signer.ts';

export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
}

/**
 * The image configuration as read (OCI image-spec config.md and docker's `container_config`).
 * Holds values of ENV and labels: it feeds checks and the secret scanner and is never serialized.
 */
export interface ImageConfig {
  readonly created?: string;
  readonly author?: string;
  readonly platform: Platform;
  readonly user?: string;
  readonly workingDir?: string;
  readonly exposedPorts: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly labels: Readonly<Record<string, string>>;
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[];
  readonly shell: readonly string[];
  readonly volumes: readonly string[];
  readonly onBuild: readonly string[];
  readonly stopSignal?: string;
  readonly healthcheck?: readonly string[];
  readonly diffIds: readonly Digest[];
  readonly history: readonly HistoryEntry[];
}

export interface HistoryEntry {
  readonly created?: string;
  readonly createdBy?: string;
  readonly author?: string;
  readonly comment?: string;
  readonly emptyLayer: boolean;
}

/** How the image lay on disk. */
export type ImageKind = 'oci-archive' | 'oci-layout' | 'docker-archive' | 'directory' | 'sbom';

/** One layer as reported. Sizes in bytes. */
export interface LayerReport {
  readonly index: number;
  /** Digest of the bytes as stored (compressed). */
  readonly digest: string;
  /** Digest of the uncompressed tar. */
  readonly diffId: string;
  readonly size: number;
  readonly uncompressedSize: number;
  readonly compression?: string;
  /** The history instruction that made it, redacted. */
  readonly createdBy?: string;
  /** Line of the Dockerfile given with `--dockerfile`, counted from 1. */
  readonly dockerfileLine?: number;
  /** True where a known base image (see `plimsoll base`) ends at or above this layer. */
  readonly base?: boolean;
  /** Files, directories, links and devices the layer holds (whiteouts not counted). */
  readonly files: number;
  /** Bytes of regular files of this layer that the final file system does not show. */
  readonly hiddenBytes: number;
}

/** The `image` part of a report. */
export interface ImageReport {
  readonly ref?: string;
  readonly kind: ImageKind;
  readonly manifestDigest?: string;
  /** Whose signature was verified, where one was demanded. */
  readonly signer?: ImageSigner;
  readonly configDigest: string;
  readonly platform: Platform;
  readonly os: {
    readonly id: string;
    readonly versionId?: string;
    readonly prettyName: string;
    readonly codename?: string;
    /** `ID_LIKE` and the facts that choose an advisory stream: an SBOM carries them so that it matches as the image did. */
    readonly idLike?: readonly string[];
    readonly properties?: Readonly<Record<string, string>>;
    /** End of life judged against the bundle's build date: date and whether it has passed. */
    readonly eol?: { readonly date: string; readonly reached: boolean };
  };
  readonly created?: string;
  readonly config: {
    readonly user?: string;
    readonly ports: readonly string[];
    readonly envNames: readonly string[];
    /** Values redacted. */
    readonly labels: Readonly<Record<string, string>>;
    readonly entrypoint?: readonly string[];
    readonly cmd?: readonly string[];
    readonly workingDir?: string;
    readonly volumes?: readonly string[];
  };
  /** How it was built, as its builder stated it. */
  readonly provenance?: readonly Provenance[];
  /** Name of the known base image that the first layers are of (see `plimsoll base`). */
  readonly baseName?: string;
  readonly layers: readonly LayerReport[];
}
