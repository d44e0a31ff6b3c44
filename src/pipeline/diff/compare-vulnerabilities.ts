import { compareText } from '../../bytes/compare-text.ts';
import { DisjointNames } from '../../match/flaws.ts';
import type { Vulnerability } from '../../model/finding.ts';
import type { VulnerabilitiesDiff, VulnerabilityDifference, VulnerabilityInstance } from '../../model/image-diff.ts';
import type { Package } from '../../model/package.ts';
import { type Severity, severityRank } from '../../model/severity.ts';
import type { UnjudgedAnalysis } from '../../policy/gates/evaluate.ts';
import { isDistroType } from '../../report/describe.ts';
import { comparePairs, type Pair, pairByKey } from './pair-findings.ts';

/** A finding with its package. */
export interface Placed {
  readonly finding: Vulnerability;
  readonly found: Package;
  readonly suppressed?: Vulnerability['suppressed'];
}

type Change = 'severity' | 'status' | 'fixedIn' | 'state' | 'kev';

/** Pairs the vulnerabilities of two analyses by package and flaw. */
export function pairVulnerabilities(before: UnjudgedAnalysis, after: UnjudgedAnalysis): readonly Pair<Placed>[] {
  const [old, now] = [placed(before), placed(after)];
  const names = new DisjointNames();
  for (const item of [...old, ...now]) {
    const [first = '', ...others] = namesOf(item);
    names.add(first);
    for (const name of others) {
      names.add(name);
      names.union(first, name);
    }
  }
  return pairByKey(old, now, (item) => names.root(namesOf(item)[0] ?? ''));
}

/** Whether gates count the finding: it is not suppressed, and the final file system holds its package or history counts. */
export function countsVulnerability({ finding }: Placed, history: boolean): boolean {
  return finding.suppressed === undefined && (history || finding.state === 'present');
}

/** What became of the pairs. A package that the other side has and could not judge is neither new nor fixed. */
export function compareVulnerabilities(
  pairs: readonly Pair<Placed>[],
  {
    before,
    after,
    history,
  }: { readonly before: UnjudgedAnalysis; readonly after: UnjudgedAnalysis; readonly history: boolean },
): VulnerabilitiesDiff {
  const sides = { before: presentPackages(before), after: presentPackages(after) };
  const counts = (item: Placed): boolean => countsVulnerability(item, history);
  const row = (pair: Pair<Placed>, changes: readonly (Change | 'suppressed')[]): VulnerabilityDifference =>
    describePair(pair, { changes, counts, sides });
  const isUnjudged = (pair: Pair<Placed>): boolean => {
    const [old, now] = [pair.before.some(counts), pair.after.some(counts)];
    return old !== now && isUnjudgedIn(pair, old ? sides.after : sides.before);
  };
  const diff = comparePairs(
    pairs.filter((pair) => !isUnjudged(pair)),
    { counts, differences, row, order: compareUrgency },
  );
  const counted = (items: (pair: Pair<Placed>) => readonly Placed[]) =>
    countSeverities(pairs.map((pair) => items(pair).filter(counts)).filter((found) => found.length > 0));
  return {
    ...diff,
    unjudged: pairs
      .filter(isUnjudged)
      .map((pair) => row(pair, []))
      .sort(compareUrgency),
    severities: { before: counted((pair) => pair.before), after: counted((pair) => pair.after) },
  };
}

function placed({ packages, vulnerabilities }: UnjudgedAnalysis): readonly Placed[] {
  const byId = new Map(packages.map((found) => [found.id, found]));
  return vulnerabilities.flatMap((finding) => {
    const found = byId.get(finding.packageId);
    const { suppressed } = finding;
    return found === undefined ? [] : [{ finding, found, ...(suppressed === undefined ? {} : { suppressed }) }];
  });
}

/** Binary packages are renamed from release to release; their source is not. A distribution's name is no part of it. */
function packageKey({ type, namespace = '', name, source }: Package): string {
  return JSON.stringify([type, isDistroType(type) ? '' : namespace, source?.name ?? name]);
}

function namesOf({ finding, found }: Placed): readonly string[] {
  const key = packageKey(found);
  return [finding.id, ...finding.aliases].map((id) => `${key}${id}`);
}

interface PresentPackages {
  readonly byKey: ReadonlyMap<string, readonly Package[]>;
  readonly unjudged: ReadonlySet<string>;
}

function presentPackages({ packages, bundle }: UnjudgedAnalysis): PresentPackages {
  const present = packages.filter((found) => found.state === 'present');
  const unjudged = (bundle?.coverage.unjudged ?? []).flatMap(({ packageIds }) => packageIds);
  return { byKey: Map.groupBy(present, packageKey), unjudged: new Set(unjudged) };
}

function packagesIn(pair: Pair<Placed>, { byKey }: PresentPackages): readonly Package[] {
  const all = [...pair.before, ...pair.after];
  const names = new Set(all.map(({ found }) => found.name));
  const candidates = byKey.get(packageKey(sample(all).found)) ?? [];
  const named = candidates.filter(({ name }) => names.has(name));
  return named.length > 0 ? named : candidates;
}

function isUnjudgedIn(pair: Pair<Placed>, side: PresentPackages): boolean {
  return packagesIn(pair, side).some(({ id }) => side.unjudged.has(id));
}

function differences({ before, after }: Pair<Placed>): readonly Change[] {
  const facts: readonly (readonly [Change, (item: Placed) => string])[] = [
    ['severity', ({ finding }) => finding.severity],
    ['status', ({ finding }) => finding.status],
    ['fixedIn', ({ finding }) => finding.fixedIn.join(', ')],
    ['state', ({ finding }) => finding.state],
    ['kev', ({ finding }) => (finding.kev === undefined ? '' : 'kev')],
  ];
  const values = (items: readonly Placed[], fact: (item: Placed) => string): string =>
    [...new Set(items.map(fact))].sort().join('\n');
  return facts.filter(([, fact]) => values(before, fact) !== values(after, fact)).map(([change]) => change);
}

interface PairContext {
  readonly changes: readonly (Change | 'suppressed')[];
  readonly counts: (item: Placed) => boolean;
  readonly sides: { readonly before: PresentPackages; readonly after: PresentPackages };
}

function describePair(pair: Pair<Placed>, { changes, counts, sides }: PairContext): VulnerabilityDifference {
  const all = [...pair.after, ...pair.before];
  const counted = pair.after.some(counts) ? pair.after.filter(counts) : pair.before.filter(counts);
  const { finding, found } = sample(counted);
  const name = found.source?.name ?? found.name;
  const ids = sorted(all.flatMap((item) => [item.finding.id, ...item.finding.aliases]));
  return {
    id: finding.id,
    aliases: ids.filter((id) => id !== finding.id),
    advisories: sorted(all.flatMap((item) => item.finding.advisories.map(({ id }) => id))),
    severity: worst(counted),
    ...(counted.some((item) => item.finding.kev !== undefined) ? { kev: true as const } : {}),
    fixedIn: sorted(counted.flatMap((item) => item.finding.fixedIn)),
    package: { type: found.type, ...(found.namespace === undefined ? {} : { namespace: found.namespace }), name },
    versions: {
      before: sorted(packagesIn(pair, sides.before).map(({ version }) => version)),
      after: sorted(packagesIn(pair, sides.after).map(({ version }) => version)),
    },
    before: instances(pair.before),
    after: instances(pair.after),
    ...(changes.length === 0 ? {} : { changes }),
  };
}

function instances(items: readonly Placed[]): readonly VulnerabilityInstance[] {
  return items
    .map(({ finding: { packageId, state, severity, status, fixedIn, suppressed }, found: { version } }) => ({
      packageId,
      version,
      state,
      severity,
      status,
      fixedIn,
      ...(suppressed === undefined ? {} : { suppressed }),
    }))
    .sort((left, right) => compareText(left.packageId, right.packageId));
}

function sample(items: readonly Placed[]): Placed {
  const [first] = items;
  if (first === undefined) throw new Error('a pair of no findings');
  return first;
}

function worst(items: readonly Placed[]): Severity {
  return items.map(({ finding }) => finding.severity).reduce((a, b) => (severityRank(a) <= severityRank(b) ? a : b));
}

function countSeverities(flaws: readonly (readonly Placed[])[]): Readonly<Record<Severity, number>> {
  const counts = { critical: 0, high: 0, medium: 0, low: 0, negligible: 0, unknown: 0 };
  for (const flaw of flaws) counts[worst(flaw)] += 1;
  return counts;
}

function compareUrgency(left: VulnerabilityDifference, right: VulnerabilityDifference): number {
  return (
    Number(left.kev === undefined) - Number(right.kev === undefined) ||
    severityRank(left.severity) - severityRank(right.severity) ||
    compareText(left.package.name, right.package.name) ||
    compareText(left.id, right.id)
  );
}

function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort(compareText);
}
