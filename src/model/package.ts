import type { Location, State } from './evidence.ts';
import type { LinkedCode } from './linked-code.ts';

/** What a package is called: the fields that make two records the same package. */
export interface PackageIdentity {
  /** The purl type: `deb apk rpm npm pypi maven golang cargo gem composer nuget conda …`. */
  readonly type: string;
  /** Distro id, npm scope with `@`, Maven group, Go module prefix; exactly as found. */
  readonly namespace?: string;
  /** Exactly as found, never lower-cased: advisories are looked up by it. */
  readonly name: string;
  /** As the package manager prints it (rpm: `[epoch:]version-release`), never normalised. */
  readonly version: string;
  readonly arch?: string;
}

/** What a detector returns: one package as one file states it. */
export interface PackageDraft extends PackageIdentity {
  /** True for packages of the operating system: the engine gives them the distro's id as namespace. */
  readonly ofDistro?: boolean;
  /**
   * True for what a file says about itself (a program's note, a kernel's banner): left out where a distro package, or
   * another one of the same type, owns the file.
   */
  readonly unlessOwned?: boolean;
  /**
   * True for what an SBOM inside the image says: yields to any installed file or database that names the package and, for
   * packages of the operating system, to any database of their type.
   */
  readonly hearsay?: boolean;
  /**
   * True for what lies where nothing is installed, in a workspace or a cache: left out unless a symlink of the final
   * file system, where packages are installed, leads to its file or to the folder of it.
   */
  readonly onlyLinked?: boolean;
  /** The source package advisories are filed against, where the format names one. */
  readonly source?: { readonly name: string; readonly version: string };
  /** SPDX expressions, or the declared text where it is no sound expression. */
  readonly licenses?: readonly string[];
  /** Purl qualifiers beyond `arch` (`distro` is added by the engine). */
  readonly qualifiers?: Readonly<Record<string, string>>;
  /** Purl subpath, as for Go modules inside a repository. */
  readonly subpath?: string;
  readonly scope?: 'runtime' | 'development' | 'optional';
  /** What the format says it needs, by name within the same type; resolved to package ids by the engine. */
  readonly dependsOn?: readonly string[];
  /** Other names this package answers to in `dependsOn` of others (dpkg Provides, apk `p:`, rpm provides). */
  readonly provides?: readonly string[];
  /** Digests the package database states for the package itself. */
  readonly hashes?: readonly { readonly algorithm: string; readonly value: string }[];
  /** Detector-owned extras that matching or reports need: `modularitylabel`, `vendor`, `shaded`, `toolchain`, … */
  readonly properties?: Readonly<Record<string, string>>;
  /** What the linker left of it in the program that holds it, where that can be told. */
  readonly linked?: LinkedCode;
}

/** A package of the image with its proof. */
export interface Package extends PackageIdentity {
  /** Stable within a report: the purl, with `#n` where two packages share it. */
  readonly id: string;
  readonly purl: string;
  readonly source?: { readonly name: string; readonly version: string };
  readonly licenses: readonly string[];
  readonly locations: readonly [Location, ...Location[]];
  readonly state: State;
  /** Layer that removed or replaced it; absent while present. */
  readonly removedIn?: number;
  /** Id of the OS package whose file list holds this package's evidence, unmodified. */
  readonly ownedBy?: string;
  readonly scope?: 'runtime' | 'development' | 'optional';
  readonly hashes?: readonly { readonly algorithm: string; readonly value: string }[];
  readonly properties?: Readonly<Record<string, string>>;
  /** What linkers left of it in the programs that hold it, where all of them tell; matching asks for it, reports leave it out. */
  readonly linked?: readonly LinkedCode[];
  /** Ids of the packages it needs that were found in the image; sorted. */
  readonly dependsOn?: readonly string[];
}
