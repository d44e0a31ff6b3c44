import type { VulnerableImport } from './linked-code.ts';

/**
 * An advisory as OSV states it (https://ossf.github.io/osv-schema/), reduced to what matching and reports use.
 * Only `aliases` name the same flaw; `related` and `upstream` do not merge records.
 */
export interface Advisory {
  readonly id: string;
  /** The feed it was read from: `osv/Debian`. */
  readonly source: string;
  readonly aliases: readonly string[];
  readonly related: readonly string[];
  readonly upstream: readonly string[];
  readonly published?: string;
  readonly modified: string;
  readonly withdrawn?: string;
  readonly summary?: string;
  readonly details?: string;
  readonly severity: readonly { readonly type: 'CVSS_V2' | 'CVSS_V3' | 'CVSS_V4' | 'Ubuntu'; readonly score: string }[];
  /** Word the database gives (`HIGH`, `Moderate`, urgency), where there is no vector. */
  readonly severityWord?: string;
  readonly cwes: readonly string[];
  readonly references: readonly string[];
  readonly affected: readonly AffectedPackage[];
}

export interface AffectedPackage {
  /** With release suffix: `Debian:12`, `Alpine:v3.18`, `npm`. */
  readonly ecosystem: string;
  readonly name: string;
  /** Versions listed one by one, matched by equality under the scheme. */
  readonly versions: readonly string[];
  readonly ranges: readonly AffectedRange[];
  /** Qualifiers a row may carry: `arch`, `module` (rpm modularity `name:stream`), `status` (`wont-fix`, `end-of-life`, …), `severity`. */
  readonly qualifiers?: Readonly<Record<string, string>>;
  /** The parts that are vulnerable, where the database names them. */
  readonly imports?: readonly VulnerableImport[];
}

/** GIT ranges are not kept: they cannot be compared with a version. */
export interface AffectedRange {
  readonly type: 'SEMVER' | 'ECOSYSTEM';
  readonly events: readonly RangeEvent[];
}

export type RangeEvent =
  | { readonly introduced: string }
  | { readonly fixed: string }
  | { readonly lastAffected: string }
  | { readonly limit: string };
