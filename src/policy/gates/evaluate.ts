import type { Analysis, GateResult } from '../../model/analysis.ts';
import type { Package } from '../../model/package.ts';
import { imageNames } from '../ignores/apply-ignores.ts';
import {
  databaseMeets,
  type GateContext,
  imageMeets,
  licenseMeets,
  misconfigurationMeets,
  packageMeets,
  problemMeets,
  secretMeets,
  vulnerabilityMeets,
  worstScore,
} from './conditions.ts';
import { firstLine } from './expression.ts';
import type { Gate } from './policy.ts';

/** An analysis that has not been judged yet. */
export type UnjudgedAnalysis = Omit<Analysis, 'policy'>;

export interface EvaluateOptions extends GateContext {
  /** Count packages and secrets that only history holds. */
  readonly history: boolean;
}

/** The results of all gates that apply to the image, in the order given. */
export function evaluate(
  analysis: UnjudgedAnalysis,
  gates: readonly Gate[],
  options: EvaluateOptions,
): readonly GateResult[] {
  const names = imageNames(analysis.image);
  return gates
    .filter((gate) => gate.images === undefined || gate.images.some((glob) => names.some((name) => glob.matches(name))))
    .map((gate) => judge(gate, analysis, options));
}

/** One thing a gate may count: the name it is reported by, and its fields as expressions see them. */
interface Subject {
  readonly name: string;
  readonly fields: () => Readonly<Record<string, unknown>>;
}

function judge(gate: Gate, analysis: UnjudgedAnalysis, options: EvaluateOptions): GateResult {
  const result = { id: gate.id, action: gate.action, subject: gate.on };
  if (gate.on === 'vulnerability' && analysis.bundle === undefined) {
    return {
      ...result,
      passed: false,
      findings: [],
      message: 'no advisory bundle was read: nothing can be said about vulnerabilities',
    };
  }
  const image = { ...analysis.image, labels: analysis.image.config.labels };
  let met: readonly Subject[];
  try {
    met = subjects(gate, analysis, options).filter(
      (subject) => gate.expression?.holds(subject.fields(), image) ?? true,
    );
  } catch (error) {
    // CEL has no answer where a field is missing or of another type: an unanswered gate is a failed one.
    return {
      ...result,
      passed: false,
      findings: [],
      message: `the expression cannot be evaluated: ${firstLine(error)}`,
    };
  }
  const counted =
    met.length <= gate.max
      ? `${met.length} found, ${gate.max} allowed`
      : `${met.length} found, ${gate.max === 0 ? 'none' : gate.max} allowed`;
  return {
    ...result,
    passed: met.length <= gate.max,
    message: gate.message === undefined ? counted : `${gate.message} (${counted})`,
    findings: [...new Set(met.map((subject) => subject.name))].sort(),
  };
}

function subjects(gate: Gate, analysis: UnjudgedAnalysis, options: EvaluateOptions): readonly Subject[] {
  const { when } = gate;
  const packages = new Map(analysis.packages.map((found) => [found.id, found]));
  const countsState = (state: string | undefined): boolean =>
    options.history || when.states !== undefined || (state ?? 'present') === 'present';
  switch (gate.on) {
    case 'vulnerability':
      return analysis.vulnerabilities
        .filter((finding) => finding.suppressed === undefined && countsState(finding.state))
        .filter((finding) => vulnerabilityMeets(when, finding, packages.get(finding.packageId), options))
        .map((finding) => ({
          name: finding.id,
          fields: () => ({
            cvss: 0,
            ...finding,
            ...scored(worstScore(finding)),
            kev: finding.kev !== undefined,
            epss: finding.epss?.score ?? 0,
            package: packages.get(finding.packageId),
          }),
        }));
    case 'secret':
      return analysis.secrets
        .filter((secret) => secret.suppressed === undefined && countsState(secret.state) && secretMeets(when, secret))
        .map((secret) => ({ name: secret.ruleId, fields: () => ({ ...secret }) }));
    case 'misconfiguration':
      return analysis.misconfigurations
        .filter((finding) => finding.suppressed === undefined && misconfigurationMeets(when, finding, options))
        .map((finding) => ({ name: finding.id, fields: () => ({ ...finding }) }));
    case 'license':
      return packageSubjects(analysis, (found) => countsState(found.state) && licenseMeets(when, found));
    case 'package': {
      const base = baseLayers(analysis);
      return packageSubjects(analysis, (found) => countsState(found.state) && packageMeets(when, found, base));
    }
    case 'problem':
      return analysis.problems
        .filter((problem) => problemMeets(when, problem))
        .map((problem) => ({ name: problem.code, fields: () => ({ ...problem }) }));
    case 'database':
      return databaseMeets(when, analysis.bundle, options.now)
        ? [{ name: analysis.bundle?.contentId ?? 'no bundle', fields: () => ({ ...analysis.bundle }) }]
        : [];
    case 'image':
      return imageMeets(when, analysis.image, analysis.misconfigurations)
        ? [{ name: analysis.image.ref ?? analysis.image.configDigest, fields: () => ({ ...analysis.image }) }]
        : [];
  }
}

function scored(score: number | undefined): { readonly cvss?: number } {
  return score === undefined ? {} : { cvss: score };
}

function packageSubjects(analysis: UnjudgedAnalysis, meets: (found: Package) => boolean): readonly Subject[] {
  return analysis.packages.filter(meets).map((found) => ({ name: found.id, fields: () => ({ ...found }) }));
}

function baseLayers(analysis: UnjudgedAnalysis): ReadonlySet<number> {
  return new Set(analysis.image.layers.filter((layer) => layer.base === true).map((layer) => layer.index));
}
