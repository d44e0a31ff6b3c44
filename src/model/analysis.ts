import type { State } from './evidence.ts';
import type { FixStep, Misconfiguration, Vulnerability } from './finding.ts';
import type { ImageReport } from './image.ts';
import type { Package } from './package.ts';
import type { Problem } from './problem.ts';
import type { Secret } from './secret.ts';

/** How a file instance came to be hidden: a whiteout, an opaque directory, a newer file, a directory replaced by something else. */
export type HiddenHow = 'whiteout' | 'opaque' | 'overwritten' | 'replaced';

/** A file instance that a layer holds and the final file system does not show. */
export interface HiddenFile {
  readonly path: string;
  readonly size: number;
  readonly addedIn: number;
  readonly removedIn: number;
  readonly how: HiddenHow;
}

/** A file whose mode or attributes deserve a look. */
export interface NotableFile {
  readonly path: string;
  readonly layer: number;
  readonly state: 'present' | 'overwritten' | 'deleted';
  /** Permission bits in octal, as `4755`. */
  readonly mode: string;
  /** `setuid`, `setgid`, capability text (`cap_net_raw=ep`), `directory` … */
  readonly detail: string;
}

/** A file of the final file system whose content is not what its package installed. */
export interface ModifiedFile {
  readonly path: string;
  /** Layer that wrote the content. */
  readonly layer: number;
  readonly packageId: string;
  readonly algorithm: string;
  /** Digest that the package database states; lower-case hex. */
  readonly expected: string;
  /** That of the content; absent where no file is there but a directory, a device or a link that leads to no file. */
  readonly found?: string;
}

/** Files of the final file system held against the digests that package databases state of them. */
export interface IntegrityReport {
  /** Files that were compared; configuration is not. */
  readonly checked: number;
  /** Files of packages that no database states a digest of. */
  readonly withoutDigest: number;
  /** Sorted by path. */
  readonly modified: readonly ModifiedFile[];
}

/** A file of any layer whose content is on a list of known bad files. */
export interface KnownFile {
  readonly path: string;
  readonly layer: number;
  readonly state: State;
  readonly removedIn?: number;
  readonly algorithm: string;
  /** Lower-case hex. */
  readonly digest: string;
  /** As the list has it; may be empty. */
  readonly name: string;
}

export interface FileReport {
  readonly deleted: readonly HiddenFile[];
  readonly overwritten: readonly HiddenFile[];
  readonly setuid: readonly NotableFile[];
  readonly capabilities: readonly NotableFile[];
  readonly worldWritable: readonly NotableFile[];
  readonly devices?: readonly NotableFile[];
  /** Executable files of the final file system that no package claims. */
  readonly unowned?: readonly { readonly path: string; readonly layer: number; readonly size: number }[];
  /** Only when asked for with `--verify-files`. */
  readonly integrity?: IntegrityReport;
  /** Only with `--known-bad`; sorted by path and layer. */
  readonly known?: readonly KnownFile[];
  /** Every file of the final file system, only when asked for with `--include-files`. */
  readonly all?: readonly {
    readonly path: string;
    readonly layer: number;
    readonly size: number;
    readonly sha256?: string;
  }[];
}

/** Whether the bundle speaks about the image's distro release. */
export type Coverage = 'covered' | 'endOfLife' | 'noData';

/** Packages that the bundle has no advisories for: nothing was found in them, and nothing could have been. */
export interface UnjudgedPackages {
  /** What there is no data for: the release of a distribution, an OSV ecosystem, else a purl type. */
  readonly missing: string;
  readonly packageIds: readonly string[];
}

export interface BundleReport {
  readonly contentId: string;
  readonly channel: string;
  readonly sequence: number;
  readonly builtAt: string;
  /** True where only the embedded starter set was used. */
  readonly starter?: boolean;
  readonly expired?: boolean;
  readonly rolledBack?: boolean;
  /** `used` marks the sources that packages of this image were judged by. */
  readonly sources: readonly { readonly id: string; readonly capturedAt: string; readonly used?: boolean }[];
  readonly coverage: {
    readonly os: Coverage;
    readonly ecosystems?: Readonly<Record<string, Coverage>>;
    /** Sorted by `missing`; absent where every package could be judged. */
    readonly unjudged?: readonly UnjudgedPackages[];
  };
}

export interface GateResult {
  readonly id: string;
  readonly action: 'fail' | 'warn' | 'info';
  readonly passed: boolean;
  readonly message: string;
  /** Findings that tripped it, as `vulnerability ids`, rule ids or check ids; sorted. */
  readonly findings: readonly string[];
  /** What the gate judges: `vulnerability`, `secret`, `database`, … A failed `database` gate ends with exit code 4. */
  readonly subject?: string;
}

/** The one result object of a run: JSON-safe, sorted, the same for any worker count. Version 1 of the report format. */
export interface Analysis {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };
  /** Only with `--created` or SOURCE_DATE_EPOCH. */
  readonly createdAt?: string;
  /** What was looked for: `vuln`, `secret`, `config`, `license`, `file`; everything where absent. */
  readonly scanners?: readonly string[];
  readonly image: ImageReport;
  readonly packages: readonly Package[];
  readonly vulnerabilities: readonly Vulnerability[];
  readonly fixPlan?: readonly FixStep[];
  readonly secrets: readonly Secret[];
  readonly files: FileReport;
  /** `efficiency` as dive defines it: bytes of the final view over bytes of all layers, each path counted again for every rewrite. */
  readonly waste: { readonly bytes: number; readonly efficiency: number };
  readonly misconfigurations: readonly Misconfiguration[];
  readonly licenses: readonly {
    readonly license: string;
    readonly packageIds: readonly string[];
    readonly files?: readonly string[];
  }[];
  /** Absent where the run did not match vulnerabilities. */
  readonly bundle?: BundleReport;
  readonly policy: { readonly verdict: 'pass' | 'warn' | 'fail'; readonly gates: readonly GateResult[] };
  readonly problems: readonly Problem[];
}
