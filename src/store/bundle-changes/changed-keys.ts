import type { AdvisoryBundle } from '../../bundle/advisory-bundle.ts';
import { epssRows } from '../../bundle/sections/epss.ts';
import { parseKev } from '../../bundle/sections/kev.ts';
import { family } from '../../versions/ecosystem.ts';
import { EXPLOIT_LIKELY } from '../component-finding.ts';
import { changedRecords } from './changed-records.ts';
import { changedRows } from './changed-rows.ts';

/** A name of a segment whose records differ between two bundles. */
export interface ChangedKey {
  readonly segment: string;
  readonly name: string;
  /** Advisories whose rows or record differ. */
  readonly advisories: ReadonlySet<string>;
}

export interface BundleChanges {
  readonly keys: readonly ChangedKey[];
  /** CVE ids that joined or left the list of known exploited vulnerabilities, changed there, or are rated otherwise by EPSS. */
  readonly exploited: readonly string[];
  /** Families (`Debian`) that gained or lost a segment: which one an image is judged by may have changed. */
  readonly families: ReadonlySet<string>;
}

/**
 * What differs between two bundles, section by section: equal sections are passed over, segments are merged by name and
 * their rows compared by content. Works for any two bundles, whatever lies between them.
 */
export function changedKeys(before: AdvisoryBundle, after: AdvisoryBundle): BundleChanges {
  const keys = new Map<string, Map<string, Set<string>>>();
  const add = (segment: string, name: string, advisory: string): void => {
    const names = keys.get(segment) ?? new Map<string, Set<string>>();
    keys.set(segment, names);
    const advisories = names.get(name) ?? new Set<string>();
    names.set(name, advisories.add(advisory));
  };
  const families = new Set<string>();
  for (const key of union(before.keys('segment'), after.keys('segment'))) {
    const [left, right] = [before.section('segment', key), after.section('segment', key)];
    if (left === undefined || right === undefined) families.add(family(key));
    if (!equal(left, right)) changedRows(left, right, (name, advisory) => add(key, name, advisory));
  }
  for (const key of union(before.keys('advisories'), after.keys('advisories'))) {
    const [left, right] = [before.section('advisories', key), after.section('advisories', key)];
    if (!equal(left, right)) changedRecords(left, right, add);
  }
  return {
    keys: [...keys].flatMap(([segment, names]) =>
      [...names].map(([name, advisories]) => ({ segment, name, advisories })),
    ),
    exploited: [
      ...changedExploits(before.section('kev', ''), after.section('kev', '')),
      ...changedRatings(before, after),
    ],
    families,
  };
}

function union(left: readonly string[], right: readonly string[]): readonly string[] {
  return [...new Set([...left, ...right])].sort();
}

function equal(left: Uint8Array | undefined, right: Uint8Array | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  return Buffer.compare(left, right) === 0;
}

function changedExploits(before: Uint8Array | undefined, after: Uint8Array | undefined): readonly string[] {
  if (equal(before, after)) return [];
  const left = before === undefined ? new Map<string, unknown>() : parseKev(before);
  const right = after === undefined ? new Map<string, unknown>() : parseKev(after);
  return union([...left.keys()], [...right.keys()]).filter(
    (cve) => JSON.stringify(left.get(cve)) !== JSON.stringify(right.get(cve)),
  );
}

/** CVE ids that EPSS began or ceased to rate, or whose score went over `EXPLOIT_LIKELY` or back. */
function changedRatings(before: AdvisoryBundle, after: AdvisoryBundle): readonly string[] {
  const [left, right] = [ratings(before), ratings(after)];
  if (equal(left, right)) return [];
  const likely = new Map<string, boolean>();
  for (const { cve, score } of left === undefined ? [] : epssRows(left)) likely.set(cve, score >= EXPLOIT_LIKELY);
  const changed: string[] = [];
  for (const { cve, score } of right === undefined ? [] : epssRows(right)) {
    if (likely.get(cve) !== score >= EXPLOIT_LIKELY) changed.push(cve);
    likely.delete(cve);
  }
  return [...changed, ...likely.keys()].sort();
}

/** The section, where the bundle names the day it is of: matching leaves scores without one out. */
function ratings(bundle: AdvisoryBundle): Uint8Array | undefined {
  return bundle.info.sources.some(({ id }) => id === 'epss') ? bundle.section('epss', '') : undefined;
}
