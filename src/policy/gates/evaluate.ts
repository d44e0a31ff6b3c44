import { describeUnjudged, type Unjudged, unjudgedOf } from '../../match/unjudged.ts';
import type { Analysis, GateResult } from '../../model/analysis.ts';
import type { State } from '../../model/evidence.ts';
import type { Package } from '../../model/package.ts';
import { imageNames } from '../ignores/apply-ignores.ts';
import { conditionWords } from './condition-words.ts';
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
import { firstLine } from './first-line.ts';
import { askedPackages, impliedGates } from './implied-gates.ts';
import { whyNotMade } from './on-demand-checks.ts';
import type { Gate, GateConditions } from './policy.ts';

/** An analysis that has not been judged yet. */
export type UnjudgedAnalysis = Omit<Analysis, 'policy'>;

export interface EvaluateOptions extends GateContext {
  /** Count packages, and their vulnerabilities, that only history holds. Secrets count wherever they lie. */
  readonly history: boolean;
}

/** The results of all gates that apply to the image, in the order given, and of the implied ones that tripped. */
export function evaluate(
  analysis: UnjudgedAnalysis,
  gates: readonly Gate[],
  options: EvaluateOptions,
): readonly GateResult[] {
  const names = imageNames(analysis.image);
  const asked = gates.filter(
    (gate) => gate.images === undefined || gate.images.some((glob) => names.some((name) => glob.matches(name))),
  );
  const judged = new GateJudge(analysis, asked, options);
  // Without a bundle the gates over vulnerabilities have failed already.
  const implied = analysis.bundle === undefined ? [] : impliedGates(asked).map((gate) => judged.result(gate));
  return [...asked.map((gate) => judged.result(gate)), ...implied.filter((result) => !result.passed)];
}

/** What a gate asks that only an advisory bundle answers. */
function needsBundle({ on, when }: Pick<Gate, 'on' | 'when'>): string | undefined {
  if (on === 'vulnerability') return 'vulnerabilities';
  return on === 'image' && when.osEndOfLife !== undefined ? 'the end of life of the distro' : undefined;
}

/** One thing a gate may count: the name it is reported by, and its fields as expressions see them. */
interface Subject {
  readonly name: string;
  readonly fields: () => Readonly<Record<string, unknown>>;
}

/** Asks gates about one analysis. */
class GateJudge {
  readonly #analysis: UnjudgedAnalysis;
  readonly #options: EvaluateOptions;
  readonly #packages: ReadonlyMap<string, Package>;
  readonly #unjudged: Unjudged;

  constructor(analysis: UnjudgedAnalysis, asked: readonly Gate[], options: EvaluateOptions) {
    this.#analysis = analysis;
    this.#options = options;
    this.#packages = new Map(analysis.packages.map((found) => [found.id, found]));
    const looked = askedPackages(analysis.packages, asked, (state, when) => this.#countsState(state, when));
    this.#unjudged = unjudgedOf({ packages: looked, bundle: analysis.bundle });
  }

  result(gate: Gate): GateResult {
    const result = { id: gate.id, action: gate.action, subject: gate.on };
    const unseen = this.#unseen(gate);
    if (unseen !== undefined) {
      // No answer is no pass, and no finding either.
      return {
        ...result,
        action: gate.action === 'fail' ? 'warn' : gate.action,
        passed: false,
        findings: [],
        message: unseen,
      };
    }
    const unanswered = this.#analysis.bundle === undefined ? needsBundle(gate) : undefined;
    if (unanswered !== undefined) {
      const message = `no advisory bundle was read: nothing can be said about ${unanswered}`;
      return { ...result, passed: false, findings: [], message };
    }
    const image = { ...this.#analysis.image, labels: this.#analysis.image.config.labels };
    let met: readonly Subject[];
    try {
      met = this.#subjects(gate).filter((subject) => gate.expression?.holds(subject.fields(), image) ?? true);
    } catch (error) {
      // CEL has no answer where a field is missing or of another type: an unanswered gate is a failed one.
      const message = `the expression cannot be evaluated: ${firstLine(error)}`;
      return { ...result, passed: false, findings: [], message };
    }
    return {
      ...result,
      passed: met.length <= gate.max,
      message: this.#message(gate, met),
      findings: [...new Set(met.map((subject) => subject.name))].sort(),
    };
  }

  /** Why nothing can be said about what a gate judges, where the run did not look for it. */
  #unseen({ on, when }: Gate): string | undefined {
    const { scanners, files } = this.#analysis;
    const notMade = on === 'misconfiguration' ? whyNotMade(when, files) : undefined;
    if (scanners === undefined) return notMade;
    if (on === 'secret' && !scanners.includes('secret')) return 'secrets were not looked for';
    const isOfCheck = on === 'misconfiguration' || (on === 'image' && when.root !== undefined);
    if (isOfCheck && !scanners.includes('config')) return 'image checks were not run';
    if (notMade !== undefined) return notMade;
    const { kind, layers } = this.#analysis.image;
    const isOfFiles = when.wastedBytes !== undefined || when.efficiency !== undefined;
    if (isOfFiles && kind === 'sbom') return 'an SBOM holds no layers to measure';
    const isOfLayers = when.layers !== undefined || when.bytes !== undefined;
    if (isOfLayers && kind === 'sbom' && layers.length === 0) return 'the SBOM does not tell the layers';
    const isOfBundle = on === 'database' || needsBundle({ on, when }) !== undefined;
    if (isOfBundle && !scanners.includes('vuln')) return 'vulnerabilities were not looked for';
    return undefined;
  }

  #message(gate: Gate, met: readonly Subject[]): string {
    const { message, max, when } = gate;
    const count = met.length;
    const isAboutAll = gate.on === 'database' || gate.on === 'image';
    if (isAboutAll && when.unjudged === undefined) {
      const words = message ?? conditionWords(gate, this.#analysis);
      if (count > max) return words === '' ? 'the condition holds' : words;
      return words === '' ? 'the condition does not hold' : `not the case: ${words}`;
    }
    const counted = isAboutAll
      ? describeUnjudged(this.#unjudged)
      : `${count} found, ${unknownAmong(gate, met)}${max === 0 && count > 0 ? 'none' : max} allowed`;
    return message === undefined ? counted : `${message} (${counted})`;
  }

  #countsState(state: State | undefined, when: GateConditions): boolean {
    return this.#options.history || when.states !== undefined || (state ?? 'present') === 'present';
  }

  #subjects(gate: Gate): readonly Subject[] {
    const { when } = gate;
    const analysis = this.#analysis;
    const options = this.#options;
    switch (gate.on) {
      case 'vulnerability':
        return this.#vulnerabilities(when);
      case 'secret':
        return (
          analysis.secrets
            // Who pulls the image reads a deleted secret as well as one in the final file system.
            .filter((secret) => secret.suppressed === undefined && secretMeets(when, secret))
            .map((secret) => ({ name: secret.ruleId, fields: () => ({ ...secret }) }))
        );
      case 'misconfiguration':
        return analysis.misconfigurations
          .filter((finding) => finding.suppressed === undefined && misconfigurationMeets(when, finding, options))
          .map((finding) => ({ name: finding.id, fields: () => ({ ...finding }) }));
      case 'license':
        return this.#packagesThat(when, (found) => licenseMeets(when, found));
      case 'package': {
        const base = baseLayers(analysis);
        return this.#packagesThat(when, (found) => packageMeets(when, found, base));
      }
      case 'problem':
        return analysis.problems
          .filter((problem) => problemMeets(when, problem))
          .map((problem) => ({ name: problem.code, fields: () => ({ ...problem }) }));
      case 'database':
        return databaseMeets(when, analysis.bundle, { now: options.now, unjudged: this.#unjudged.count })
          ? [{ name: analysis.bundle?.contentId ?? 'no bundle', fields: () => ({ ...analysis.bundle }) }]
          : [];
      case 'image':
        return imageMeets(when, analysis)
          ? [{ name: analysis.image.ref ?? analysis.image.configDigest, fields: () => ({ ...analysis.image }) }]
          : [];
    }
  }

  #vulnerabilities(when: GateConditions): readonly Subject[] {
    return this.#analysis.vulnerabilities
      .filter((finding) => finding.suppressed === undefined && this.#countsState(finding.state, when))
      .filter((finding) =>
        vulnerabilityMeets(when, { finding, found: this.#packages.get(finding.packageId) }, this.#options),
      )
      .map((finding) => ({
        name: finding.id,
        fields: () => ({
          cvss: 0,
          ...finding,
          ...scored(worstScore(finding)),
          kev: finding.kev !== undefined,
          epss: finding.epss?.score ?? 0,
          package: this.#packages.get(finding.packageId),
        }),
      }));
  }

  #packagesThat(when: GateConditions, meets: (found: Package) => boolean): readonly Subject[] {
    return this.#analysis.packages
      .filter((found) => this.#countsState(found.state, when) && meets(found))
      .map((found) => ({ name: found.id, fields: () => ({ ...found }) }));
  }
}

/** Findings that count without a severity of their own: summaries list them apart, and the sums would not agree. */
function unknownAmong({ on, when }: Gate, met: readonly Subject[]): string {
  if (on !== 'vulnerability' || when.severities === undefined || when.severities.has('unknown')) return '';
  const unknown = met.filter((subject) => subject.fields()['severity'] === 'unknown').length;
  return unknown === 0 ? '' : `${unknown} of them of unknown severity, `;
}

function scored(score: number | undefined): { readonly cvss?: number } {
  return score === undefined ? {} : { cvss: score };
}

function baseLayers(analysis: UnjudgedAnalysis): ReadonlySet<number> {
  return new Set(analysis.image.layers.filter((layer) => layer.base === true).map((layer) => layer.index));
}
