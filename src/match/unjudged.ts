import type { BundleReport } from '../model/analysis.ts';
import { counted } from '../model/counted.ts';
import type { Package } from '../model/package.ts';

/** How many packages an analysis could say nothing about, for want of advisories. */
export interface Unjudged {
  readonly count: number;
  /** All packages that were looked at. */
  readonly total: number;
  /** What there is no data for, sorted. */
  readonly missing: readonly string[];
}

/** Names of a sentence; the report lists all of them. */
const NAMED = 4;

/** Counts those of the packages that the bundle could not judge; without a bundle all of them. */
export function unjudgedOf({
  packages,
  bundle,
}: {
  readonly packages: readonly Package[];
  readonly bundle: BundleReport | undefined;
}): Unjudged {
  const accepted = new Set(packages.map(({ id }) => id));
  if (bundle === undefined) return { count: accepted.size, total: accepted.size, missing: [] };
  const groups = (bundle.coverage.unjudged ?? [])
    .map(({ missing, packageIds }) => ({ missing, count: packageIds.filter((id) => accepted.has(id)).length }))
    .filter(({ count }) => count > 0);
  return {
    count: groups.reduce((sum, group) => sum + group.count, 0),
    total: accepted.size,
    missing: groups.map(({ missing }) => missing),
  };
}

/** `3 of 12 packages could not be judged (no data for npm, Debian 12)`. */
export function describeUnjudged({ count, total, missing }: Unjudged): string {
  if (count === 0) return `${counted(total, 'package')} could be judged`;
  const rest = missing.length > NAMED ? ` and ${missing.length - NAMED} more` : '';
  const why =
    missing.length === 0 ? 'no advisory database' : `no data for ${missing.slice(0, NAMED).join(', ')}${rest}`;
  return `${count} of ${counted(total, 'package')} could not be judged (${why})`;
}
