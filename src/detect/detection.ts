import type { Distro } from '../model/distro.ts';
import type { PackageDraft } from '../model/package.ts';
import type { Problem } from '../model/problem.ts';
import type { OwnedFiles } from './owned-files.ts';

/** What detectors found in one layer; plain data that crosses threads. */
export interface LayerDetections {
  /** Every file that a detector read or held, with its row in the layer's entry table. */
  readonly visited: readonly { readonly path: string; readonly entry: number }[];
  readonly packages: readonly PackageClaim[];
  readonly owned: readonly OwnedFiles[];
  readonly distros: readonly { readonly path: string; readonly distro: Distro; readonly precedence: number }[];
  readonly facts: readonly Fact[];
  readonly held: readonly HeldFile[];
  readonly problems: readonly Problem[];
}

/** A package as one file of one layer states it. */
export interface PackageClaim {
  readonly detector: string;
  /** The file that was read, `!` and members included. */
  readonly evidence: string;
  /** Where the package itself is, where that is another path than the evidence. */
  readonly path: string;
  readonly draft: PackageDraft;
  readonly digests?: EvidenceDigests;
}

/** Digests of an evidence file, lower-case hex: proof, and the means to tell an untouched distro file. */
export interface EvidenceDigests {
  readonly md5: string;
  readonly sha1: string;
  readonly sha256: string;
}

export interface Fact {
  readonly detector: string;
  readonly path: string;
  readonly name: string;
  readonly value: string;
}

/** Bytes kept for a detector with companions. */
export interface HeldFile {
  readonly path: string;
  readonly mode: number;
  /** The content; packed by zstd where `packed` says what it was. */
  readonly bytes: Uint8Array;
  readonly packed?: { readonly size: number; readonly head: Uint8Array };
}
