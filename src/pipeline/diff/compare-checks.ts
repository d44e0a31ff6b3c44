import { compareText } from '../../bytes/compare-text.ts';
import type { Misconfiguration } from '../../model/finding.ts';
import type { CheckDifference, FindingsDiff } from '../../model/image-diff.ts';
import { severityRank } from '../../model/severity.ts';
import { withoutPosition } from '../../policy/baseline.ts';
import { onDemandPart } from '../../policy/gates/on-demand-checks.ts';
import { comparePairs, isOpen, type Pair, pairByKey } from './pair-findings.ts';

type Change = 'severity' | 'evidence';

/**
 * Pairs failed checks by check and place: the path, else what was found, one by one where it was found several times. Checks
 * on demand are of what a file holds: another content is another finding.
 */
export function pairChecks(
  before: readonly Misconfiguration[],
  after: readonly Misconfiguration[],
): readonly Pair<Misconfiguration>[] {
  const keyOf = ({ id, path, evidence }: Misconfiguration): string =>
    JSON.stringify([id, path ?? null, onDemandPart(id) !== undefined ? evidence : (path ?? withoutPosition(evidence))]);
  return pairByKey(before, after, keyOf).flatMap((pair) => {
    if ([...pair.before, ...pair.after].some(({ path }) => path !== undefined)) return [pair];
    const count = Math.max(pair.before.length, pair.after.length);
    const nth = (at: number) => ({ before: pair.before.slice(at, at + 1), after: pair.after.slice(at, at + 1) });
    return Array.from({ length: count }, (_, at) => nth(at));
  });
}

/** What became of the pairs. */
export function compareChecks(pairs: readonly Pair<Misconfiguration>[]): FindingsDiff<CheckDifference> {
  return comparePairs(pairs, { counts: isOpen, differences, row, order: compareUrgency });
}

function compareUrgency(left: CheckDifference, right: CheckDifference): number {
  return severityRank(left.severity) - severityRank(right.severity) || compareText(left.id, right.id);
}

function differences({ before, after }: Pair<Misconfiguration>): readonly Change[] {
  return (['severity', 'evidence'] as const).filter((field) => valuesOf(before, field) !== valuesOf(after, field));
}

function valuesOf(findings: readonly Misconfiguration[], field: Change): string {
  return [...new Set(findings.map((finding) => withoutPosition(finding[field])))].sort().join('\n');
}

function row({ before, after }: Pair<Misconfiguration>, changes: readonly (Change | 'suppressed')[]): CheckDifference {
  const [finding] = after.length > 0 ? after : before;
  if (finding === undefined) throw new Error('a pair of no findings');
  const { id, title, severity, evidence, path } = finding;
  return {
    id,
    title,
    severity,
    evidence,
    ...(path === undefined ? {} : { path }),
    ...(changes.length === 0 ? {} : { changes }),
  };
}
