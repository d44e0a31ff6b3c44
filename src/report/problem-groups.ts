import type { Problem } from '../model/problem.ts';

/** Problems that a report lists under one heading. */
export interface ProblemGroup {
  readonly heading: string;
  /** What each of them tells. */
  readonly tells: string;
  readonly problems: readonly Problem[];
}

/** What could not be looked at, and apart from it ignore rules and VEX statements that have no effect: of the image they hide nothing. */
export function problemGroups(problems: readonly Problem[]): {
  readonly coverage: ProblemGroup;
  readonly policy: ProblemGroup;
} {
  const isPolicy = ({ code }: Problem): boolean => /^PLM_(?:IGNORE|POLICY|VEX)_/.test(code);
  return {
    coverage: {
      heading: 'Coverage lost',
      tells: 'What was not looked at',
      problems: problems.filter((problem) => !isPolicy(problem)),
    },
    policy: { heading: 'Policy files', tells: 'What has no effect', problems: problems.filter(isPolicy) },
  };
}
