import type { Segment } from '../bundle/index/open-segment.ts';
import { compareText } from '../bytes/compare-text.ts';
import { optional } from '../bytes/json.ts';
import { PlimsollError } from '../errors.ts';
import type { Limits } from '../limits.ts';
import type { FixStep, Suppression, Vulnerability } from '../model/finding.ts';
import type { Package } from '../model/package.ts';
import type { Problem } from '../model/problem.ts';
import { severityRank } from '../model/severity.ts';
import { BundleReader } from './bundle-reader.ts';
import { rowsOfCandidates } from './candidate-rows.ts';
import { type Candidate, candidatesOf } from './candidates.ts';
import { judgeCoverage, type Question } from './coverage.ts';
import { type DistroStream, distroStream } from './distro-stream.ts';
import { toFinding } from './finding.ts';
import { fixStep } from './fix-plan.ts';
import { type Flaw, groupByFlaw, type KnownHit } from './flaws.ts';
import { linkedFunctions } from './linked-functions.ts';
import { type Hit, lookUp } from './look-up.ts';
import type { MatchInput, MatchResult } from './match-input.ts';
import { statedStatus } from './row-qualifiers.ts';
import { isInformational, isKernelHeaders, suppression } from './suppress.ts';

/**
 * Finds the advisories that affect packages: look up each name in its segment, compare the version with every range,
 * group what matched by flaw, and say what the bundle could not judge. Pure: reads nothing but the bundle's sections. Throws PLM_LIMIT.
 */
export function matchPackages(input: MatchInput): MatchResult {
  const reader = new BundleReader(input.bundle);
  const stream = input.distro === undefined ? undefined : distroStream(input.distro, reader);
  const questions = input.packages.map((pkg) => ({ pkg, candidates: candidatesOf(pkg, stream) }));
  const rows = rowsOfCandidates(
    questions.flatMap(({ candidates }) => candidates),
    reader,
  );
  const judged: JudgedPackage[] = [];
  let count = 0;
  for (const question of questions) {
    const one = judgePackage(question, rows, reader);
    count += one.flaws.length + one.notAffected.length / CLEARED_TO_A_FINDING;
    if (input.limits !== undefined) assertFindings(count, input.limits);
    judged.push(one);
  }
  const verdicts = distroVerdicts(judged);
  const coverage = judgeCoverage(questions, { distro: input.distro, stream }, reader);
  const vulnerabilities: Vulnerability[] = [];
  const fixPlan: FixStep[] = [];
  for (const { pkg, flaws } of judged) {
    const counted: Flaw[] = [];
    for (const flaw of flaws) {
      const suppressed = suppressionOf(pkg, flaw, { stream, verdicts });
      vulnerabilities.push(toFinding(pkg, flaw, { reader, inBase: input.inBase, suppressed }));
      if (suppressed === undefined) counted.push(flaw);
    }
    const step = planFor(pkg, counted);
    if (step !== undefined) fixPlan.push(step);
  }
  return {
    vulnerabilities: vulnerabilities.sort(byWeight),
    fixPlan: fixPlan.sort((a, b) => b.clears.length - a.clears.length || compareText(a.packageId, b.packageId)),
    coverage: coverage.report,
    sourcesUsed: [...new Set(judged.flatMap(({ sources }) => sources))].sort(),
    problems: [...coverage.problems, ...judged.flatMap(({ problems }) => problems)],
  };
}

/** Names of flaws that a distribution clears a package of, which together take as much memory as a finding. */
const CLEARED_TO_A_FINDING = 30;

function assertFindings(count: number, { imageFindings }: Pick<Limits, 'imageFindings'>): void {
  if (count <= imageFindings) return;
  throw new PlimsollError('PLM_LIMIT', `the packages have more than ${imageFindings} flaws together`, {
    hint: 'raise it with --limit imageFindings=N',
  });
}

interface JudgedPackage {
  readonly pkg: Package;
  readonly flaws: readonly Flaw[];
  /** Names of flaws that the distribution says never affected the package. */
  readonly notAffected: readonly string[];
  readonly sources: readonly string[];
  readonly problems: readonly Problem[];
}

function judgePackage(
  { pkg, candidates }: Question,
  rows: ReadonlyMap<Candidate, readonly number[]>,
  reader: BundleReader,
): JudgedPackage {
  const hits: KnownHit[] = [];
  const cleared: KnownHit[] = [];
  const problems: Problem[] = [];
  const sources = new Set<string>();
  const spoken = new Set<string>();
  for (const candidate of candidates) {
    const segment = reader.segment(candidate.segment);
    if (segment === undefined) continue;
    for (const source of segment.sources) sources.add(source);
    for (const hit of lookUp({ pkg, candidate, segment, found: rows.get(candidate) ?? [] })) {
      if (spoken.has(hit.advisory)) continue;
      const record = reader.record(hit.source, hit.advisory);
      const known = { hit, record, ...optional('linked', linkedFunctions(hit, record, pkg.linked)) };
      if (hit.verdict === 'unstated') problems.push(unstated(pkg, hit));
      else if (hit.verdict === 'notAffected' || statedStatus(hit.entries) === 'not-affected') cleared.push(known);
      else if (!hits.some(({ hit: { advisory } }) => advisory === hit.advisory)) hits.push(known);
    }
    if (candidate.decides === true) for (const advisory of advisoriesOf(segment, candidate.name)) spoken.add(advisory);
  }
  const notAffected = groupByFlaw(cleared).flatMap(({ id, aliases }) => [id, ...aliases]);
  return { pkg, flaws: groupByFlaw(hits), notAffected, sources: [...sources], problems };
}

function unstated(pkg: Package, { advisory, candidate }: Hit): Problem {
  const { path, layer } = pkg.locations[0];
  const detail = `${advisory} names ${candidate.name} without saying which versions: ${candidate.version} was not judged by it.`;
  return { code: 'PLM_ADVISORY_UNSTATED', path, layer, detail };
}

function advisoriesOf(segment: Segment, name: string): ReadonlySet<string> {
  const [first, end] = segment.rowsOf(name);
  return new Set(Array.from({ length: end - first }, (_, index) => segment.entry(first + index).advisory));
}

interface SuppressionFacts {
  readonly stream: DistroStream | undefined;
  readonly verdicts: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Flaws by the id of the OS package that its distribution clears of them. */
function distroVerdicts(judged: readonly JudgedPackage[]): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(
    judged
      .filter(({ notAffected }) => notAffected.length > 0)
      .map(({ pkg, notAffected }) => [pkg.id, new Set(notAffected)]),
  );
}

/** The distribution speaks for its own packages and for what they own; kernel headers hold no kernel. */
function suppressionOf(pkg: Package, flaw: Flaw, { stream, verdicts }: SuppressionFacts): Suppression | undefined {
  if (isKernelHeaders(pkg)) return suppression('kernel-headers', pkg.source?.name);
  const cleared = verdicts.get(pkg.ownedBy ?? pkg.id);
  if (cleared !== undefined && [flaw.id, ...flaw.aliases].some((name) => cleared.has(name))) {
    return suppression('distro-verdict', pkg.ownedBy ?? pkg.id);
  }
  const covered = stream !== undefined && stream.coverage !== 'noData';
  if (covered && pkg.ownedBy !== undefined) return suppression('owned-by-os', pkg.ownedBy);
  const absent = flaw.hits.find(({ linked }) => linked?.length === 0);
  if (absent !== undefined && flaw.hits.every(({ linked = [] }) => linked.length === 0)) {
    return { ...suppression('not-linked', absent.hit.advisory), justification: 'vulnerable_code_not_present' };
  }
  return flaw.hits.every(({ hit }) => isInformational(hit, flaw.id.startsWith('CVE-')))
    ? suppression('informational', flaw.hits[0]?.hit.advisory)
    : undefined;
}

function planFor(pkg: Package, flaws: readonly Flaw[]): FixStep | undefined {
  const findings = flaws.map(({ id, hits }) => ({ id, hits: hits.map(({ hit }) => hit) }));
  const version = findings[0]?.hits[0]?.candidate.version;
  if (version === undefined || pkg.state !== 'present') return undefined;
  return fixStep({ packageId: pkg.id, version, layer: pkg.locations[0].layer, findings });
}

function byWeight(a: Vulnerability, b: Vulnerability): number {
  return (
    severityRank(a.severity) - severityRank(b.severity) ||
    compareText(a.id, b.id) ||
    compareText(a.packageId, b.packageId)
  );
}
