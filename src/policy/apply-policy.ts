import type { Analysis, GateResult } from '../model/analysis.ts';
import type { Vulnerability } from '../model/finding.ts';
import type { Severity } from '../model/severity.ts';
import { applyBaseline, type Baseline } from './baseline.ts';
import { evaluate, type UnjudgedAnalysis } from './gates/evaluate.ts';
import type { Policy } from './gates/policy.ts';
import { applyIgnores } from './ignores/apply-ignores.ts';
import type { IgnoreRule } from './ignores/ignore-rule.ts';
import { type SimpleGateOptions, simpleGates } from './simple-gates.ts';
import { applyVex } from './vex/apply-vex.ts';
import type { VexStatement } from './vex/vex-statement.ts';

export interface PolicyOptions extends SimpleGateOptions {
  /** `--severity`: other severities are suppressed. Unknown counts as high, as in every gate. */
  readonly severities?: readonly Severity[];
  /** `--ignore-unfixed`. */
  readonly ignoreUnfixed?: boolean;
  /** `--history`: gates count what only history holds. */
  readonly history?: boolean;
  /** `--count-not-linked`: flaws count also where the linker left their functions out. */
  readonly countNotLinked?: boolean;
  readonly baseline?: Baseline;
  readonly ignores?: readonly IgnoreRule[];
  readonly vex?: readonly VexStatement[];
  readonly policy?: Policy;
}

/**
 * Judges an analysis: marks what rules, VEX, the baseline and filters suppress, then asks the gates. Findings are never
 * removed. `now` decides over expiry and ages and is the only clock here.
 */
export function applyPolicy(analysis: UnjudgedAnalysis, options: PolicyOptions, now: Date): Analysis {
  return judge(markSuppressed(analysis, options, now), options, now);
}

/**
 * Marks what rules, VEX, the baseline and filters suppress. Rules that ran out or accept nothing, and VEX authors that
 * disagree, become problems.
 */
export function markSuppressed(analysis: UnjudgedAnalysis, options: PolicyOptions, now: Date): UnjudgedAnalysis {
  const afterVex = applyVex(withNotLinked(analysis, options), options.vex ?? []);
  const rules = [...(options.ignores ?? []), ...(options.policy?.ignores ?? [])];
  const afterIgnores = applyIgnores({ ...analysis, vulnerabilities: afterVex.vulnerabilities }, rules, now);
  const marked = { ...analysis, ...afterIgnores };
  const compared = options.baseline === undefined ? marked : { ...marked, ...applyBaseline(marked, options.baseline) };
  return {
    ...compared,
    vulnerabilities: compared.vulnerabilities.map((finding) => filtered(finding, options, unknownSeverityOf(options))),
    problems: [...analysis.problems, ...afterVex.problems, ...afterIgnores.problems],
  };
}

/** Asks the gates about an analysis in which what is suppressed has been marked. */
export function judge(marked: UnjudgedAnalysis, options: PolicyOptions, now: Date): Analysis {
  const gates = evaluate(marked, [...simpleGates(options), ...(options.policy?.gates ?? [])], {
    now,
    unknownSeverity: unknownSeverityOf(options),
    history: countsHistory(options),
  });
  return { ...marked, policy: { verdict: verdictOf(gates), gates } };
}

/** Whether gates count packages that only history holds, and their vulnerabilities. */
export function countsHistory({ history, policy }: PolicyOptions): boolean {
  return history === true || policy?.history === true;
}

function withNotLinked(analysis: UnjudgedAnalysis, { countNotLinked, policy }: PolicyOptions): UnjudgedAnalysis {
  if (countNotLinked !== true && policy?.countNotLinked !== true) return analysis;
  const vulnerabilities = analysis.vulnerabilities.map(({ suppressed, ...finding }) =>
    suppressed === undefined || suppressed.reason === 'not-linked' ? finding : { ...finding, suppressed },
  );
  return { ...analysis, vulnerabilities };
}

function unknownSeverityOf({ policy }: PolicyOptions): Severity {
  return policy?.unknownSeverity ?? 'high';
}

function filtered(finding: Vulnerability, options: PolicyOptions, unknownSeverity: Severity): Vulnerability {
  if (finding.suppressed !== undefined) return finding;
  const severity = finding.severity === 'unknown' ? unknownSeverity : finding.severity;
  const listed =
    options.severities?.includes(severity) === true || options.severities?.includes(finding.severity) === true;
  if (options.severities !== undefined && !listed) return { ...finding, suppressed: { reason: 'severity' } };
  // A version that could not be compared may well have a fix: it stays.
  if (options.ignoreUnfixed === true && finding.fixedIn.length === 0 && finding.status !== 'undecided') {
    return { ...finding, suppressed: { reason: 'unfixed' } };
  }
  return finding;
}

function verdictOf(gates: readonly GateResult[]): Analysis['policy']['verdict'] {
  const failed = gates.filter((gate) => !gate.passed);
  if (failed.some((gate) => gate.action === 'fail')) return 'fail';
  return failed.some((gate) => gate.action === 'warn') ? 'warn' : 'pass';
}
