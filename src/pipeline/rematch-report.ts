import type { AdvisoryBundle } from '../bundle/advisory-bundle.ts';
import type { UnjudgedAnalysis } from '../policy/gates/evaluate.ts';
import { distroOfReport } from '../report/read-sbom/restore-distro.ts';
import { imageProblems } from '../report/sbom/image-problems.ts';
import { sortProblems } from './compose-analysis.ts';
import { reportOs } from './image-report.ts';
import { matchAgainst } from './match-against.ts';

/** A report of an earlier run with its packages matched anew: what the image has, judged by today's advisories. */
export function rematchReport(report: UnjudgedAnalysis, bundle: AdvisoryBundle): UnjudgedAnalysis {
  const distro = distroOfReport({ ...report.image.os });
  const base = new Set(report.image.layers.filter((layer) => layer.base === true).map((layer) => layer.index));
  const { packages } = report;
  const matched = matchAgainst(bundle, { packages, distro, inBase: (layer) => base.has(layer) });
  return {
    ...report,
    image: { ...report.image, os: reportOs(distro, bundle) },
    ...matched.parts,
    problems: sortProblems([...imageProblems(report), ...matched.problems]),
  };
}
