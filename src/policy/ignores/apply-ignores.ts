import type { Analysis } from '../../model/analysis.ts';
import type { Misconfiguration, Suppression } from '../../model/finding.ts';
import type { Problem } from '../../model/problem.ts';
import { type IgnoreRule, isExpired } from './ignore-rule.ts';
import {
  type Candidate,
  misconfigurationCandidate,
  ruleCovers,
  secretCandidate,
  vulnerabilityCandidate,
} from './match-rule.ts';

/** The parts of an analysis that rules mark. */
export type Findings = Pick<Analysis, 'image' | 'packages' | 'vulnerabilities' | 'secrets' | 'misconfigurations'>;
type MarkedFindings = Pick<Analysis, 'vulnerabilities' | 'secrets' | 'misconfigurations'>;

/**
 * Marks accepted findings as suppressed; they stay in their lists. A finding that is suppressed already keeps its mark.
 * Rules that have run out, or that accept nothing, come back as problems.
 */
export function applyIgnores(
  findings: Findings,
  rules: readonly IgnoreRule[],
  now: Date,
): MarkedFindings & { readonly problems: readonly Problem[] } {
  const packages = new Map(findings.packages.map((found) => [found.id, found]));
  const names = imageNames(findings.image);
  const used = new Set<IgnoreRule>();
  const judge = (candidate: Candidate): { readonly suppressed?: Suppression } => {
    const covering = rules.filter((rule) => ruleCovers(rule, candidate, names));
    for (const rule of covering) used.add(rule);
    const holding = covering.find((rule) => !isExpired(rule, now));
    return holding === undefined
      ? {}
      : { suppressed: { reason: 'ignored', rule: `${holding.origin}: ${holding.reason}` } };
  };
  const secrets = findings.secrets.map((finding) => ({ ...judge(secretCandidate(finding)), ...finding }));
  return {
    vulnerabilities: findings.vulnerabilities.map((finding) => ({
      ...judge(vulnerabilityCandidate(finding, packages.get(finding.packageId))),
      ...finding,
    })),
    secrets,
    misconfigurations: findings.misconfigurations.map((finding) => ({
      ...acceptedWith(finding, secrets),
      ...judge(misconfigurationCandidate(finding)),
      ...finding,
    })),
    problems: rules.flatMap((rule) => ruleProblems(rule, used.has(rule), now)),
  };
}

/** The acceptance of the secret that a check is about, where each of its places outside files was accepted. */
function acceptedWith(finding: Misconfiguration, secrets: Analysis['secrets']): { readonly suppressed?: Suppression } {
  if (finding.secret === undefined) return {};
  const about = secrets.filter((secret) => secret.path === undefined && secret.fingerprint === finding.secret);
  const [suppressed] = about.map((secret) => secret.suppressed);
  return suppressed !== undefined && about.every((secret) => secret.suppressed?.reason === 'ignored')
    ? { suppressed }
    : {};
}

/** Names a rule or a gate may mean by `image`. */
export function imageNames(image: Analysis['image']): readonly string[] {
  return [image.ref, image.manifestDigest, image.configDigest].filter((name) => name !== undefined);
}

function ruleProblems(rule: IgnoreRule, used: boolean, now: Date): readonly Problem[] {
  if (isExpired(rule, now) && used) {
    return [
      {
        code: 'PLM_IGNORE_EXPIRED',
        detail: `rule ${rule.origin} ran out on ${rule.expires}: what it accepted counts again`,
      },
    ];
  }
  return used ? [] : [{ code: 'PLM_IGNORE_UNUSED', detail: `rule ${rule.origin} accepts no finding of this image` }];
}
