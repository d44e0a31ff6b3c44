import type { Analysis } from '../model/analysis.ts';
import type { Suppression } from '../model/finding.ts';
import type { UnjudgedAnalysis } from './gates/evaluate.ts';

/** What applyPolicy suppresses for; matching has reasons of its own, which stay. */
const OF_POLICY: ReadonlySet<string> = new Set(['ignored', 'vex', 'vex-fixed', 'baseline', 'severity', 'unfixed']);
const POLICY_PROBLEM = /^PLM_(?:IGNORE|VEX)_/;

/** The analysis without what a policy marked in it: an archive keeps facts and judges them anew each time. */
export function unjudge({ policy: _policy, ...analysis }: Analysis): UnjudgedAnalysis {
  return {
    ...analysis,
    vulnerabilities: analysis.vulnerabilities.map(({ suppressed, ...finding }) => ({
      ...finding,
      ...kept(suppressed),
    })),
    secrets: analysis.secrets.map(({ suppressed, ...secret }) => ({ ...secret, ...kept(suppressed) })),
    misconfigurations: analysis.misconfigurations.map(({ suppressed, ...finding }) => ({
      ...finding,
      ...kept(suppressed),
    })),
    problems: analysis.problems.filter((problem) => !POLICY_PROBLEM.test(problem.code)),
  };
}

function kept(suppressed: Suppression | undefined): { readonly suppressed?: Suppression } {
  return suppressed === undefined || OF_POLICY.has(suppressed.reason) ? {} : { suppressed };
}
