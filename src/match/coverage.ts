import { compareText } from '../bytes/compare-text.ts';
import type { BundleReport, Coverage, UnjudgedPackages } from '../model/analysis.ts';
import { counted } from '../model/counted.ts';
import type { Distro } from '../model/distro.ts';
import type { Package } from '../model/package.ts';
import type { Problem } from '../model/problem.ts';
import type { BundleReader } from './bundle-reader.ts';
import { type Candidate, isBundled, languageSegment } from './candidates.ts';
import { DISTRO_RULES } from './distro-rules.ts';
import type { DistroStream } from './distro-stream.ts';

/** A package and what is asked about it. */
export interface Question {
  readonly pkg: Package;
  readonly candidates: readonly Candidate[];
}

/** The operating system of the packages and the advisories that speak about it. */
export interface SystemAdvisories {
  readonly distro: Distro | undefined;
  readonly stream: DistroStream | undefined;
}

const OS_TYPES: ReadonlySet<string> = new Set([...DISTRO_RULES.values()].flatMap(({ types }) => types));

/** What the bundle can speak about, and one problem for each part of the image it cannot. */
export function judgeCoverage(
  questions: readonly Question[],
  system: SystemAdvisories,
  reader: BundleReader,
): { readonly report: BundleReport['coverage']; readonly problems: readonly Problem[] } {
  const os = system.stream?.coverage ?? 'noData';
  const unjudged = unjudgedPackages(questions, system, reader);
  return {
    report: {
      os,
      ecosystems: languageCoverage(questions, reader),
      ...(unjudged.length === 0 ? {} : { unjudged: unjudged.map(listed) }),
    },
    problems: [...releaseProblems(system), ...unjudged.map((group) => unjudgedProblem(group, system))],
  };
}

interface UnjudgedGroup {
  readonly missing: string;
  readonly packages: readonly Package[];
}

/** Packages that no segment of the bundle was asked about. What belongs to a judged system package is judged with it. */
function unjudgedPackages(
  questions: readonly Question[],
  system: SystemAdvisories,
  reader: BundleReader,
): readonly UnjudgedGroup[] {
  const known = new Set(reader.segmentKeys());
  const speaksForOwned = system.stream !== undefined && system.stream.coverage !== 'noData';
  const isJudged = ({ pkg, candidates }: Question): boolean =>
    candidates.some(({ segment }) => known.has(segment)) || (speaksForOwned && pkg.ownedBy !== undefined);
  const unjudged = questions.filter((question) => !isJudged(question)).map(({ pkg }) => pkg);
  return [...Map.groupBy(unjudged, (pkg) => missingFor(pkg, system))]
    .sort(([left], [right]) => compareText(left, right))
    .map(([missing, packages]) => ({ missing, packages }));
}

function listed({ missing, packages }: UnjudgedGroup): UnjudgedPackages {
  return { missing, packageIds: packages.map(({ id }) => id).sort(compareText) };
}

function missingFor(pkg: Package, { distro, stream }: SystemAdvisories): string {
  const { type } = pkg;
  if (OS_TYPES.has(type) && isBundled(pkg)) return `bundled ${type}`;
  const ofSystem = stream === undefined ? OS_TYPES.has(type) : stream.rule.types.includes(type);
  if (ofSystem) return releaseName(distro);
  return type === 'generic' ? type : (languageSegment(type) ?? type);
}

function releaseName(distro: Distro | undefined): string {
  return distro === undefined ? 'an unknown distribution' : distro.prettyName;
}

function unjudgedProblem({ missing, packages }: UnjudgedGroup, { distro }: SystemAdvisories): Problem {
  const count = packages.length;
  const hidden = packages.filter(({ state }) => state !== 'present').length;
  const inHistory = hidden === 0 ? '' : `, ${hidden} of them only in history,`;
  const notJudged = `${counted(count, 'package')}${inHistory} ${count === 1 ? 'was' : 'were'} not judged`;
  return missing === releaseName(distro)
    ? { code: 'PLM_COVERAGE_OS', detail: `The bundle has no advisories for ${missing}: ${notJudged}.` }
    : { code: 'PLM_COVERAGE_ECOSYSTEM', detail: `The bundle has no advisories for ${missing} packages: ${notJudged}.` };
}

function releaseProblems({ distro, stream }: SystemAdvisories): readonly Problem[] {
  if (stream === undefined || stream.coverage === 'noData') return [];
  const problems: Problem[] = [];
  if (stream.coverage === 'endOfLife') {
    const detail = `${releaseName(distro)} no longer gets security updates: flaws found since then are in no advisory of it.`;
    problems.push({ code: 'PLM_COVERAGE_END_OF_LIFE', detail });
  }
  if (stream.rule.derivedFrom !== undefined) {
    const detail = `${releaseName(distro)} was judged by advisories of ${stream.rule.derivedFrom}, which may not fit its packages.`;
    problems.push({ code: 'PLM_COVERAGE_DERIVED', detail });
  }
  return problems;
}

function languageCoverage(questions: readonly Question[], reader: BundleReader): Readonly<Record<string, Coverage>> {
  const known = new Set(reader.segmentKeys());
  const types = questions.map(({ pkg }) => pkg.type).filter((type) => type !== 'generic');
  const segments = [...new Set(types.map(languageSegment))].filter((segment) => segment !== undefined).sort();
  return Object.fromEntries(segments.map((segment) => [segment, known.has(segment) ? 'covered' : 'noData']));
}
