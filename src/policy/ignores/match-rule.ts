import type { Misconfiguration, Vulnerability } from '../../model/finding.ts';
import type { Package } from '../../model/package.ts';
import type { Secret } from '../../model/secret.ts';
import type { FindingKind, IgnoreRule } from './ignore-rule.ts';

/** A finding as rules see it: its kind, the names it answers to, and where it lies. */
export interface Candidate {
  readonly kind: FindingKind;
  readonly ids: readonly string[];
  readonly rules: readonly string[];
  readonly paths: readonly string[];
  readonly fingerprint?: string;
  readonly package?: Package;
  readonly vulnerability?: Vulnerability;
}

export function vulnerabilityCandidate(vulnerability: Vulnerability, found: Package | undefined): Candidate {
  const records = vulnerability.advisories.map((advisory) => advisory.id);
  return {
    kind: 'vulnerability',
    ids: [vulnerability.id, ...vulnerability.aliases, ...records],
    rules: [],
    paths: found?.locations.map((location) => location.path) ?? [],
    vulnerability,
    ...(found === undefined ? {} : { package: found }),
  };
}

export function secretCandidate(secret: Secret): Candidate {
  return {
    kind: 'secret',
    ids: [secret.ruleId],
    rules: [secret.ruleId],
    paths: secret.path === undefined ? [] : [secret.path],
    fingerprint: secret.fingerprint,
  };
}

export function misconfigurationCandidate(finding: Misconfiguration): Candidate {
  const names = [finding.id, ...(finding.aliases ?? [])];
  return {
    kind: 'misconfiguration',
    ids: names,
    rules: names,
    paths: finding.path === undefined ? [] : [finding.path],
  };
}

/** Whether a rule accepts the finding; expiry is the caller's to judge. */
export function ruleCovers(rule: IgnoreRule, finding: Candidate, imageNames: readonly string[]): boolean {
  if (rule.kinds !== undefined && !rule.kinds.includes(finding.kind)) return false;
  if (rule.id !== undefined && !finding.ids.some((id) => rule.id?.matches(id))) return false;
  if (rule.rule !== undefined && !finding.rules.some((id) => rule.rule?.matches(id))) return false;
  if (rule.fingerprint !== undefined && rule.fingerprint !== finding.fingerprint) return false;
  if (rule.paths !== undefined && !rule.paths.some((glob) => finding.paths.some((path) => glob.matches(path))))
    return false;
  if (rule.image !== undefined && !imageNames.some((name) => rule.image?.matches(name))) return false;
  return packageFits(rule, finding) && vulnerabilityFits(rule, finding.vulnerability);
}

function packageFits(rule: IgnoreRule, finding: Candidate): boolean {
  if (rule.purl === undefined && rule.package === undefined) return true;
  const found = finding.package;
  if (found === undefined) return false;
  if (rule.purl !== undefined && !rule.purl.matches(found.purl)) return false;
  const wanted = rule.package;
  if (wanted === undefined) return true;
  if (wanted.name !== undefined && !wanted.name.matches(found.name)) return false;
  if (wanted.version !== undefined && wanted.version !== found.version) return false;
  if (wanted.sourceName !== undefined && !(found.source !== undefined && wanted.sourceName.matches(found.source.name)))
    return false;
  return wanted.types === undefined || wanted.types.includes(found.type);
}

function vulnerabilityFits(rule: IgnoreRule, vulnerability: Vulnerability | undefined): boolean {
  if (vulnerability === undefined) return rule.fixState === undefined && rule.searched === undefined;
  if (rule.untilFix && vulnerability.fixedIn.length > 0) return false;
  if (rule.fixState !== undefined && rule.fixState !== fixStateOf(vulnerability)) return false;
  return (
    rule.searched === undefined ||
    vulnerability.reasons.some((reason) => rule.searched?.some((word) => word === reason.searched))
  );
}

function fixStateOf(vulnerability: Vulnerability): IgnoreRule['fixState'] {
  if (vulnerability.status === 'wont-fix') return 'wont-fix';
  if (vulnerability.fixedIn.length > 0) return 'fixed';
  return vulnerability.status === 'affected' ? 'not-fixed' : 'unknown';
}
