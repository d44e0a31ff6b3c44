import type { Misconfiguration } from '../model/finding.ts';
import { severityRank } from '../model/severity.ts';

/** The findings of one image check, which differ in their place only. */
export interface CheckGroup {
  readonly first: Misconfiguration;
  /** `/usr/bin/su: setuid, mode 4755`; for the configuration the evidence alone. */
  readonly places: readonly string[];
}

/** Findings by check and by what suppresses them, the worst first. */
export function groupChecks(findings: readonly Misconfiguration[]): readonly CheckGroup[] {
  const groups = Map.groupBy(findings, ({ id, suppressed }) => `${id} ${suppressed?.reason ?? ''}`);
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group;
      return first === undefined ? [] : [{ first, places: group.map(placeOf) }];
    })
    .sort((left, right) => severityRank(left.first.severity) - severityRank(right.first.severity));
}

function placeOf({ path, evidence }: Misconfiguration): string {
  return path === undefined ? evidence : `${path}: ${evidence}`;
}
