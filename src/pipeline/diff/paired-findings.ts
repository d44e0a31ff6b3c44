import type { Misconfiguration, Suppression } from '../../model/finding.ts';
import type { Secret } from '../../model/secret.ts';
import type { UnjudgedAnalysis } from '../../policy/gates/evaluate.ts';
import { onDemandPart } from '../../policy/gates/on-demand-checks.ts';
import { pairChecks } from './compare-checks.ts';
import { pairSecrets } from './compare-secrets.ts';
import { countsVulnerability, type Placed, pairVulnerabilities } from './compare-vulnerabilities.ts';
import { isNew, isOpen, type Pair } from './pair-findings.ts';

/** The findings of two analyses, each with its other half. */
export interface PairedFindings {
  readonly vulnerabilities: readonly Pair<Placed>[];
  readonly secrets: readonly Pair<Secret>[];
  readonly checks: readonly Pair<Misconfiguration>[];
}

export function pairFindings(before: UnjudgedAnalysis, after: UnjudgedAnalysis): PairedFindings {
  return {
    vulnerabilities: pairVulnerabilities(before, after),
    secrets: pairSecrets(before.secrets, after.secrets),
    checks: pairChecks(comparableChecks(before, after), comparableChecks(after, before)),
  };
}

/** The failed checks that the other side looked for as well. */
function comparableChecks(
  { misconfigurations }: UnjudgedAnalysis,
  other: UnjudgedAnalysis,
): readonly Misconfiguration[] {
  return misconfigurations.filter(({ id }) => {
    const part = onDemandPart(id);
    return part === undefined || other.files[part] !== undefined;
  });
}

/**
 * The second analysis with what it shares with the first marked as known: gates then count what it brings. What became
 * visible again, or is accepted no more, is no shared finding.
 */
export function markKnown(
  after: UnjudgedAnalysis,
  { vulnerabilities, secrets, checks }: PairedFindings,
  { before, history }: { readonly before: string; readonly history: boolean },
): UnjudgedAnalysis {
  const known = new Set<object>([
    ...shared(vulnerabilities, (item) => countsVulnerability(item, history)).map(({ finding }) => finding),
    ...shared(secrets, isOpen),
    ...shared(checks, isOpen),
  ]);
  const mark = <Finding extends object>(finding: Finding): Finding & { readonly suppressed?: Suppression } =>
    known.has(finding) ? { suppressed: { reason: 'baseline', rule: before }, ...finding } : finding;
  return {
    ...after,
    vulnerabilities: after.vulnerabilities.map(mark),
    secrets: after.secrets.map(mark),
    misconfigurations: after.misconfigurations.map(mark),
  };
}

function shared<Finding>(pairs: readonly Pair<Finding>[], counts: (finding: Finding) => boolean): readonly Finding[] {
  return pairs.filter((pair) => pair.before.length > 0 && !isNew(pair, counts)).flatMap(({ after }) => after);
}
