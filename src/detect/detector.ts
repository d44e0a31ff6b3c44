import type { Limits } from '../limits.ts';
import type { ContentHash } from '../model/content-hash.ts';
import type { Distro } from '../model/distro.ts';
import type { PackageDraft, PackageIdentity } from '../model/package.ts';
import type { ProblemDraft } from '../model/problem.ts';

/**
 * The contract of every detector. A detector is data (what it selects) and one pure function (bytes in, observations
 * out): no I/O, no clock, no logging, so that it runs alike in a worker, inline and under a fuzzer. The engine opens
 * files, applies limits, turns throws into problems and decides layers and states.
 */
export interface Detector {
  /** `<folder>/<name>`, as in `dpkg/status`. */
  readonly id: string;
  readonly title: string;
  /** Address of the format's definition. */
  readonly specification: string;
  /** Purl types of the packages it may report; empty for distro and ownership detectors. */
  readonly packageTypes: readonly string[];
  /** A file is handed over when any selector holds. */
  readonly select: readonly Selector[];
  /**
   * Files that `detect` may ask for with `sibling`. A detector that names companions runs after the layers were read,
   * on held bytes, once per layer in which one of its files changed; all others run while a layer streams by.
   */
  readonly companions?: readonly Selector[];
  /**
   * Folders in which licences and notices of a package lie, beside what file lists tell, by the path that states it
   * (`/opt/app.jar!` for the root of an archive). Without a leading slash: the end of a folder's path, anywhere.
   */
  readonly textFolders?: (path: string, found: PackageIdentity & Pick<PackageDraft, 'properties'>) => readonly string[];
  detect(file: FileView, context: DetectContext): Iterable<Observation>;
}

/**
 * Paths are absolute in the image (`/var/lib/dpkg/status`), compared byte for byte. `path` is the whole path,
 * `basename` the last part, `suffix` ends the path (give a leading `/` to anchor at a directory), `pattern` is run on
 * the whole path and must be linear, `magic` is matched at `offset` (0 by default) of the content.
 * `minSize`/`maxSize` (bytes) narrow any selector.
 */
export type Selector = (
  | { readonly path: string }
  | { readonly basename: string }
  | { readonly suffix: string }
  | { readonly pattern: RegExp }
  | { readonly magic: readonly number[]; readonly offset?: number }
) & { readonly minSize?: number; readonly maxSize?: number };

export interface FileView {
  readonly path: string;
  readonly size: number;
  /** Permission bits. */
  readonly mode: number;
  /** The content; valid only during the call of `detect`. */
  bytes(): Uint8Array;
  /** The content as UTF-8; broken sequences become U+FFFD. */
  text(): string;
  /**
   * Another file as of the same layer: an absolute path, or a name relative to this file's directory.
   * Only files that `companions` or `select` hold are found.
   */
  sibling(path: string): FileView | undefined;
}

/** One member of an archive inside the image. */
export interface ArchiveMember {
  /** Path inside the archive, canonical: no leading slash, no dot parts. */
  readonly path: string;
  readonly size: number;
  bytes(): Uint8Array;
}

export interface DetectContext {
  readonly limits: Limits;
  /**
   * Members of a zip (jar, whl, egg, nupkg…), within limits, in archive order; what cannot be read becomes a problem by itself.
   */
  zipMembers(file: FileView): Iterable<ArchiveMember>;
}

/** What a detector found in one file. */
export type Observation =
  | { readonly kind: 'package'; readonly package: PackageDraft; readonly path?: string }
  /** A file that the package owns: absolute path and, where the database has it, the digest of its content as installed. */
  | { readonly kind: 'owned-file'; readonly owner: OwnerKey; readonly path: string; readonly digest?: OwnedDigest }
  | { readonly kind: 'distro'; readonly distro: Distro; readonly precedence: number }
  /** A fact other stages use, keyed: `end-of-life`, `content-set`, `kernel-release`, `licence-file`, … */
  | { readonly kind: 'fact'; readonly name: string; readonly value: string; readonly path?: string }
  | { readonly kind: 'problem'; readonly problem: ProblemDraft };

/** Who owns a file: a package identity where the file list says it, or the path of the package's own evidence file. */
export type OwnerKey =
  | { readonly identity: Pick<PackageIdentity, 'type' | 'name'> & Partial<PackageIdentity> }
  | { readonly evidence: string };

export interface OwnedDigest {
  readonly algorithm: ContentHash;
  /** Lower-case hex. */
  readonly value: string;
  /** True where the database expects the content to change: configuration, and what is left out of its own verification. */
  readonly mayChange?: true;
}
