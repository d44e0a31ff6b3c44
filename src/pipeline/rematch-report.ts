import type { AdvisoryBundle } from '../bundle/advisory-bundle.ts';
import type { Suppression, Vulnerability } from '../model/finding.ts';
import type { UnjudgedAnalysis } from '../policy/gates/evaluate.ts';
import { distroOfReport } from '../report/read-sbom/restore-distro.ts';
import { imageProblems } from '../report/sbom/image-problems.ts';
import { sortProblems } from './compose-analysis.ts';
import { reportOs } from './image-report.ts';
import { matchAgainst } from './match-against.ts';

/**
 * A report of an earlier run with its packages matched anew: what the image has, judged by today's advisories. Without a
 * bundle nothing is known of its vulnerabilities.
 */
export function rematchReport(report: UnjudgedAnalysis, bundle: AdvisoryBundle | undefined): UnjudgedAnalysis {
  const { bundle: _bundle, fixPlan: _fixPlan, ...facts } = report;
  const distro = distroOfReport({ ...report.image.os });
  const base = new Set(report.image.layers.filter((layer) => layer.base === true).map((layer) => layer.index));
  const { packages } = report;
  const matched = matchAgainst(bundle, { packages, distro, inBase: (layer) => base.has(layer) });
  const notLinked = suppressionsOfImage(report.vulnerabilities);
  return {
    ...facts,
    image: { ...report.image, os: reportOs(distro, bundle) },
    ...matched.parts,
    vulnerabilities: matched.parts.vulnerabilities.map((finding) => {
      const suppressed = finding.suppressed ?? notLinked.get(keyOf(finding));
      return suppressed === undefined ? finding : { ...finding, suppressed };
    }),
    problems: sortProblems([...imageProblems(report), ...matched.problems]),
  };
}

/** What a linker left out only the programs of the image tell: the verdict of the run that read them stays. */
function suppressionsOfImage(findings: readonly Vulnerability[]): ReadonlyMap<string, Suppression> {
  return new Map(
    findings.flatMap((finding) =>
      finding.suppressed?.reason === 'not-linked' ? [[keyOf(finding), finding.suppressed] as const] : [],
    ),
  );
}

function keyOf({ id, packageId }: Vulnerability): string {
  return `${packageId}\n${id}`;
}
