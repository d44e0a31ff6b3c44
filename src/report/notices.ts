import type { Analysis } from '../model/analysis.ts';

/** What a reader must know before trusting a low number, one sentence each. */
export function notices(analysis: Analysis): readonly string[] {
  const { bundle, image, problems } = analysis;
  const found: string[] = [];
  const system = image.os.prettyName;
  if (image.os.eol?.reached === true)
    found.push(`${system} is past its end of life (${image.os.eol.date}): it gets no more fixes.`);
  if (bundle !== undefined) {
    if (bundle.starter === true)
      found.push('Only the starter set of advisories was used: import a full database for real coverage.');
    if (bundle.expired === true) found.push('The advisory database has expired.');
    if (bundle.coverage.os === 'noData')
      found.push(`The advisory database has no data for ${system}: its system packages could not be judged.`);
  }
  if (problems.length > 0)
    found.push(
      problems.length === 1
        ? 'One problem cost coverage: see "Coverage lost".'
        : `${problems.length} problems cost coverage: see "Coverage lost".`,
    );
  return found;
}

/** The verdict in words; a run without gates judged nothing and must not look like praise. */
export function verdictWord(analysis: Analysis): 'PASSED' | 'PASSED WITH WARNINGS' | 'FAILED' | 'NOT JUDGED' {
  if (analysis.policy.gates.length === 0 && analysis.policy.verdict === 'pass') return 'NOT JUDGED';
  return ({ pass: 'PASSED', warn: 'PASSED WITH WARNINGS', fail: 'FAILED' } as const)[analysis.policy.verdict];
}
