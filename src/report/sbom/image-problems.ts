import type { Analysis } from '../../model/analysis.ts';
import type { Problem } from '../../model/problem.ts';

/**
 * The problems that cost coverage of the image itself. Those about a bundle, a rule or a VEX file belong to the run that
 * judged it: another run with another bundle has its own. So does one about the envelope an SBOM was read from.
 */
export function imageProblems(analysis: Pick<Analysis, 'problems'>): readonly Problem[] {
  return analysis.problems.filter(
    ({ code }) => !/^PLM_(?:(?:ADVISORY|BUNDLE|COVERAGE|IGNORE|POLICY|VEX)_|SBOM_SIGNATURE$)/.test(code),
  );
}
