import type { AdvisoryBundle } from '../bundle/advisory-bundle.ts';
import type { Limits } from '../limits.ts';
import type { BundleReport } from '../model/analysis.ts';
import type { Distro } from '../model/distro.ts';
import type { FixStep, Vulnerability } from '../model/finding.ts';
import type { Package } from '../model/package.ts';
import type { Problem } from '../model/problem.ts';

export interface MatchInput {
  readonly packages: readonly Package[];
  readonly distro: Distro | undefined;
  readonly bundle: AdvisoryBundle;
  /** For the packages of one image; those of a whole archive have none. */
  readonly limits?: Pick<Limits, 'imageFindings'>;
  /** Whether a layer belongs to a known base image. */
  readonly inBase?: (layer: number) => boolean;
}

export interface MatchResult {
  /** Sorted by severity, id, package. */
  readonly vulnerabilities: readonly Vulnerability[];
  readonly fixPlan: readonly FixStep[];
  readonly coverage: BundleReport['coverage'];
  /** Ids of the bundle sources this image's packages were judged by: `osv/Debian`. */
  readonly sourcesUsed: readonly string[];
  readonly problems: readonly Problem[];
}
