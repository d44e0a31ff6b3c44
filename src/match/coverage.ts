import type { Coverage } from '../model/analysis.ts';
import type { Distro } from '../model/distro.ts';
import type { Package } from '../model/package.ts';
import type { Problem } from '../model/problem.ts';
import type { BundleReader } from './bundle-reader.ts';
import { languageSegment } from './candidates.ts';
import { DISTRO_RULES } from './distro-rules.ts';
import type { DistroStream } from './distro-stream.ts';

export interface CoverageVerdict {
  readonly os: Coverage;
  readonly ecosystems: Readonly<Record<string, Coverage>>;
  readonly problems: readonly Problem[];
}

const OS_TYPES: ReadonlySet<string> = new Set([...DISTRO_RULES.values()].flatMap(({ types }) => types));

/** What the bundle can speak about, and one problem for each part of the image it cannot. */
export function judgeCoverage(
  packages: readonly Package[],
  os: { readonly distro: Distro | undefined; readonly stream: DistroStream | undefined },
  reader: BundleReader,
): CoverageVerdict {
  const problems: Problem[] = [];
  const osPackages = packages.filter(({ type }) => OS_TYPES.has(type)).length;
  const coverage = os.stream?.coverage ?? 'noData';
  const release = os.distro === undefined ? 'an unknown distribution' : os.distro.prettyName;
  if (coverage === 'noData' && osPackages > 0) {
    problems.push({
      code: 'PLM_COVERAGE_OS',
      detail: `The bundle has no advisories for ${release}: ${osPackages} of its packages were not judged.`,
    });
  }
  if (coverage === 'endOfLife') {
    problems.push({
      code: 'PLM_COVERAGE_END_OF_LIFE',
      detail: `${release} no longer gets security updates: flaws found since then are in no advisory of it.`,
    });
  }
  if (coverage !== 'noData' && os.stream?.rule.derivedFrom !== undefined) {
    problems.push({
      code: 'PLM_COVERAGE_DERIVED',
      detail: `${release} was judged by advisories of ${os.stream.rule.derivedFrom}, which may not fit its packages.`,
    });
  }
  const ecosystems = languageCoverage(packages, reader);
  for (const [ecosystem, verdict] of Object.entries(ecosystems)) {
    if (verdict === 'noData') {
      problems.push({
        code: 'PLM_COVERAGE_ECOSYSTEM',
        detail: `The bundle has no advisories for ${ecosystem} packages: they were not judged.`,
      });
    }
  }
  return { os: coverage, ecosystems, problems };
}

function languageCoverage(packages: readonly Package[], reader: BundleReader): Readonly<Record<string, Coverage>> {
  const known = new Set(reader.segmentKeys());
  const used = new Set(packages.filter(({ type }) => type !== 'generic').map(({ type }) => languageSegment(type)));
  const verdicts = [...used].filter((segment) => segment !== undefined).sort();
  return Object.fromEntries(verdicts.map((segment) => [segment, known.has(segment) ? 'covered' : 'noData']));
}
