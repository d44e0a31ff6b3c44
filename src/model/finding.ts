import type { State } from './evidence.ts';
import type { Severity } from './severity.ts';

/** One way an advisory record was found to cover a package. */
export interface MatchReason {
  /** The name that was looked up, and what it is to the package. */
  readonly searched: 'name' | 'source' | 'origin' | 'alias' | 'stdlib' | 'classifier';
  readonly name: string;
  /** Segment of the bundle: an OSV ecosystem such as `Debian:12` or `npm`. */
  readonly segment: string;
  /** Version scheme that compared: `dpkg`, `semver`, … */
  readonly scheme: string;
  /** Version that was compared (the source version for Debian). */
  readonly version: string;
  /** The range or list in words: `>= 0, < 1.2.3-1`. */
  readonly range: string;
  /** The advisory record this reason comes from. */
  readonly advisory: string;
  /** Set where the segment is of the distribution this one derives from: its packages may differ. */
  readonly derivedFrom?: string;
  /** Functions the advisory is about that the linker left in a program, ten at most: `net/http.Transport.RoundTrip`. */
  readonly linked?: readonly string[];
}

/**
 * `affected` (no fix known), `fixed` (a fixed version exists), `wont-fix`, `deferred`, `end-of-life`,
 * `undecided` (the version could not be compared: reported, never dropped), `not-affected` (kept as suppressed only).
 */
export type FindingStatus =
  | 'affected'
  | 'fixed'
  | 'wont-fix'
  | 'deferred'
  | 'end-of-life'
  | 'undecided'
  | 'not-affected';

export interface Suppression {
  /** Closed vocabulary of reasons lives with the code that suppresses: `kernel-headers`, `ignored`, `vex`, `vex-fixed`, `distro-verdict`, … */
  readonly reason: string;
  /** The rule, VEX statement or record behind it. */
  readonly rule?: string;
  /** Why it is not affected, where a VEX statement says so with one of the five labels of VEX. */
  readonly justification?: string;
}

/** One finding per (alias group, package). */
export interface Vulnerability {
  /** The name people use: the CVE id where the group has one. */
  readonly id: string;
  readonly aliases: readonly string[];
  /** The feed records that matched. */
  readonly advisories: readonly { readonly id: string; readonly source: string }[];
  readonly packageId: string;
  readonly severity: Severity;
  /** Record the severity was taken from. */
  readonly severitySource?: string;
  readonly cvss?: readonly {
    readonly version: '2.0' | '3.0' | '3.1' | '4.0';
    readonly vector: string;
    readonly score: number;
    readonly source: string;
  }[];
  /** On the list of known exploited vulnerabilities, since. */
  readonly kev?: { readonly dateAdded: string; readonly ransomware?: boolean };
  readonly epss?: { readonly score: number; readonly percentile: number; readonly date: string };
  readonly status: FindingStatus;
  readonly fixedIn: readonly string[];
  /** Layer that brought the package. */
  readonly layer: number;
  readonly state: State;
  /** Package lies in a layer of a known base image. */
  readonly inBase?: boolean;
  readonly reasons: readonly [MatchReason, ...MatchReason[]];
  /** Feed the leading record came from: `osv/Debian`. */
  readonly source: string;
  readonly title?: string;
  readonly published?: string;
  readonly modified?: string;
  readonly references?: readonly string[];
  readonly cwes?: readonly string[];
  readonly suppressed?: Suppression;
}

/** One image configuration check that failed. */
export interface Misconfiguration {
  /** `PLM-C…`, with the CIS or Dockle number in `aliases`. */
  readonly id: string;
  readonly aliases?: readonly string[];
  readonly title: string;
  readonly severity: Severity;
  readonly evidence: string;
  readonly layer?: number;
  readonly path?: string;
  /** Fingerprint of the secret it is about: who accepts that secret accepts this too. */
  readonly secret?: string;
  readonly remediation: string;
  readonly suppressed?: Suppression;
}

/** One upgrade and what it clears: the fix plan of a report. */
export interface FixStep {
  readonly packageId: string;
  readonly from: string;
  readonly to: string;
  /** Ids of findings it clears, sorted. */
  readonly clears: readonly string[];
  readonly layer: number;
}
