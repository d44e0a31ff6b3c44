import { compareText } from '../bytes/compare-text.ts';
import type { Analysis } from '../model/analysis.ts';
import type { FixStep, Vulnerability } from '../model/finding.ts';
import type { Package } from '../model/package.ts';
import type { SecretVerdict } from '../model/secret.ts';
import { SECRET_VERDICTS } from '../model/secret.ts';
import { SEVERITIES, type Severity, severityRank } from '../model/severity.ts';

/** A count for every key of a closed set, in the set's order. */
export type Counts<K extends string> = readonly (readonly [K, number])[];

/** The numbers every report for people starts with. Suppressed findings are counted in `suppressed` only. */
export interface Summary {
  /** Open findings in packages of the final file system. */
  readonly severities: Counts<Severity>;
  readonly open: number;
  readonly fixable: number;
  readonly knownExploited: number;
  /** Open findings in packages that only lower layers hold. */
  readonly inHistory: number;
  readonly suppressed: number;
  readonly secrets: Counts<SecretVerdict>;
  readonly openSecrets: number;
  readonly hiddenSecrets: number;
  readonly suppressedSecrets: number;
  readonly packages: number;
  readonly historyPackages: number;
  readonly deletedBytes: number;
  readonly overwrittenBytes: number;
  readonly misconfigurations: number;
}

export function summarize(analysis: Analysis): Summary {
  const open = analysis.vulnerabilities.filter(isOpen);
  const present = open.filter((finding) => finding.state === 'present');
  const secrets = analysis.secrets.filter((secret) => secret.suppressed === undefined);
  return {
    severities: countBy(SEVERITIES, present, (finding) => finding.severity),
    open: present.length,
    fixable: present.filter((finding) => finding.fixedIn.length > 0).length,
    knownExploited: present.filter((finding) => finding.kev !== undefined).length,
    inHistory: open.length - present.length,
    suppressed: analysis.vulnerabilities.length - open.length,
    secrets: countBy(SECRET_VERDICTS, secrets, (secret) => secret.verdict),
    openSecrets: secrets.length,
    hiddenSecrets: secrets.filter((secret) => secret.state !== undefined && secret.state !== 'present').length,
    suppressedSecrets: analysis.secrets.length - secrets.length,
    packages: analysis.packages.length,
    historyPackages: analysis.packages.filter((item) => item.state !== 'present').length,
    deletedBytes: total(analysis.files.deleted),
    overwrittenBytes: total(analysis.files.overwritten),
    misconfigurations: analysis.misconfigurations.filter((item) => item.suppressed === undefined).length,
  };
}

/** The packages of a report by id. */
export function packagesById(analysis: Analysis): ReadonlyMap<string, Package> {
  return new Map(analysis.packages.map((item) => [item.id, item]));
}

/** Open findings, what to act on first: the final image before history, then known exploited, severity, fixable, likely to be exploited. */
export function worstFirst(analysis: Analysis): readonly Vulnerability[] {
  return analysis.vulnerabilities.filter(isOpen).sort(compareUrgency);
}

/** Upgrades that clear open findings, those that clear most first: nobody is asked to mend what was accepted or is not affected. */
export function openFixes(analysis: Analysis): readonly FixStep[] {
  const open = new Set(analysis.vulnerabilities.filter(isOpen).map(({ id, packageId }) => `${packageId}\n${id}`));
  return (analysis.fixPlan ?? [])
    .map((step) => ({ ...step, clears: step.clears.filter((id) => open.has(`${step.packageId}\n${id}`)) }))
    .filter(({ clears }) => clears.length > 0)
    .sort((left, right) => right.clears.length - left.clears.length);
}

function compareUrgency(left: Vulnerability, right: Vulnerability): number {
  return (
    Number(left.state !== 'present') - Number(right.state !== 'present') ||
    Number(left.kev === undefined) - Number(right.kev === undefined) ||
    severityRank(left.severity) - severityRank(right.severity) ||
    Number(left.fixedIn.length === 0) - Number(right.fixedIn.length === 0) ||
    (right.epss?.score ?? 0) - (left.epss?.score ?? 0) ||
    compareText(left.id, right.id) ||
    compareText(left.packageId, right.packageId)
  );
}

function isOpen(finding: Vulnerability): boolean {
  return finding.suppressed === undefined;
}

function countBy<K extends string, T>(keys: readonly K[], items: readonly T[], keyOf: (item: T) => K): Counts<K> {
  const counts = new Map<K, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return keys.map((key) => [key, counts.get(key) ?? 0]);
}

function total(files: readonly { readonly size: number }[]): number {
  return files.reduce((sum, file) => sum + file.size, 0);
}
