import type { AffectedPackage } from '../../model/advisory.ts';
import { schemeOfEcosystem } from '../../versions/ecosystem.ts';
import type { VersionScheme } from '../../versions/scheme.ts';
import { type Interval, intervalsOf } from './intervals.ts';
import { ROW } from './segment-format.ts';

/** One row of a segment with its versions as text. */
export interface AffectedRow {
  readonly low: string | undefined;
  readonly high: string | undefined;
  readonly fixed: string | undefined;
  readonly flags: number;
}

/** Schemes of distributions, where the fixed version `0` says that the release was never affected. */
const ZERO_IS_NEVER = new Set(['dpkg', 'rpm', 'apk']);

/** The rows of one affected package; listed versions that an interval holds anyway are left out. */
export function affectedRows(affected: AffectedPackage): AffectedRow[] {
  const scheme = schemeOfEcosystem(affected.ecosystem);
  const rows: AffectedRow[] = [];
  const intervals: Interval[] = [];
  for (const range of affected.ranges) {
    for (const interval of intervalsOf(range, scheme)) {
      if (interval.fixed === '0' && interval.low === undefined && ZERO_IS_NEVER.has(scheme.id)) {
        rows.push({ low: undefined, high: undefined, fixed: undefined, flags: ROW.unaffected });
      } else {
        intervals.push(interval);
        rows.push(intervalRow(interval));
      }
    }
  }
  for (const version of affected.versions) {
    if (!intervals.some((interval) => holds(interval, version, scheme))) rows.push(listedRow(version, scheme));
  }
  if (affected.ranges.length === 0 && affected.versions.length === 0) {
    rows.push({ low: undefined, high: undefined, fixed: undefined, flags: ROW.unstated });
  }
  return rows;
}

function intervalRow({ low, high, highInclusive, fixed, sorted }: Interval): AffectedRow {
  return { low, high, fixed, flags: (highInclusive ? ROW.highInclusive : 0) | (sorted ? 0 : ROW.runtime) };
}

function listedRow(version: string, scheme: VersionScheme): AffectedRow {
  const runtime = scheme.encode?.(version) === undefined ? ROW.runtime : 0;
  return { low: version, high: undefined, fixed: undefined, flags: ROW.exact | runtime };
}

function holds({ low, high, highInclusive, sorted }: Interval, version: string, scheme: VersionScheme): boolean {
  if (!sorted) return false;
  const fromLow = low === undefined ? 1 : scheme.compare(version, low);
  const toHigh = high === undefined ? -1 : scheme.compare(version, high);
  if (fromLow === undefined || toHigh === undefined || scheme.compare(version, version) !== 0) return false;
  return fromLow >= 0 && (toHigh < 0 || (highInclusive && toHigh === 0));
}
