import satisfies from 'spdx-satisfies';
import type { Analysis, BundleReport } from '../../model/analysis.ts';
import { DAY } from '../../model/day.ts';
import type { Misconfiguration, Vulnerability } from '../../model/finding.ts';
import type { Package } from '../../model/package.ts';
import type { Problem } from '../../model/problem.ts';
import type { Provenance } from '../../model/provenance.ts';
import type { Secret } from '../../model/secret.ts';
import type { Severity } from '../../model/severity.ts';
import type { Glob } from '../glob.ts';
import type { Comparison, GateConditions } from './policy.ts';

/** What conditions are judged against besides the subject itself. */
export interface GateContext {
  readonly now: Date;
  readonly unknownSeverity: Severity;
}

/** Whether a finding meets every condition given; `found` is its package. */
export function vulnerabilityMeets(
  when: GateConditions,
  { finding, found }: { readonly finding: Vulnerability; readonly found: Package | undefined },
  context: GateContext,
): boolean {
  return (
    severityFits(when, finding.severity, context) &&
    (when.fix === undefined || (when.fix === 'available') === finding.fixedIn.length > 0) &&
    (when.kev === undefined || when.kev === (finding.kev !== undefined)) &&
    compares(when.epss, finding.epss?.score) &&
    compares(when.cvss, worstScore(finding)) &&
    compares(when.ageDays, daysSince(finding.published, context.now)) &&
    includes(when.statuses, finding.status) &&
    includes(when.states, finding.state) &&
    (when.inBase === undefined || when.inBase === (finding.inBase === true)) &&
    matchesAny(when.ids, [finding.id, ...finding.aliases, ...finding.advisories.map((advisory) => advisory.id)]) &&
    packageFits(when, found)
  );
}

/** Unknown counts as what the policy says, and as itself where a gate names it. */
function severityFits(when: GateConditions, severity: Severity, context: GateContext): boolean {
  return (
    accepts(when.severities, severity) || (severity === 'unknown' && accepts(when.severities, context.unknownSeverity))
  );
}

/** The highest base score, or undefined where no record has one. */
export function worstScore(finding: Vulnerability): number | undefined {
  return finding.cvss?.reduce<number | undefined>(
    (worst, { score }) => (worst === undefined || score > worst ? score : worst),
    undefined,
  );
}

/** Whether a package meets every condition given; it is of the base where all its places are in `baseLayers`. */
export function packageMeets(when: GateConditions, found: Package, baseLayers: ReadonlySet<number>): boolean {
  const inBase = found.locations.every((location) => baseLayers.has(location.layer));
  return (
    includes(when.states, found.state) &&
    (when.inBase === undefined || when.inBase === inBase) &&
    packageFits(when, found)
  );
}

/** Whether a package is of the types, purls and paths that a gate is about. */
export function packageFits(when: GateConditions, found: Package | undefined): boolean {
  if (when.types === undefined && when.purls === undefined && when.paths === undefined) return true;
  if (found === undefined) return false;
  const purlFits = when.purls === undefined || when.purls.some((pattern) => pattern.matches(found.purl));
  return (
    includes(when.types, found.type) &&
    purlFits &&
    matchesAny(
      when.paths,
      found.locations.map((location) => location.path),
    )
  );
}

/** Whether a secret meets every condition given. */
export function secretMeets(when: GateConditions, secret: Secret): boolean {
  return (
    accepts(when.verdicts, secret.verdict) &&
    includes(when.sources, secret.source) &&
    // A secret outside files has no state: nothing hides it.
    includes(when.states, secret.state ?? 'present') &&
    matchesAny(when.rules, [secret.ruleId]) &&
    matchesAny(when.paths, secret.path === undefined ? [] : [secret.path])
  );
}

/** Whether a failed check meets every condition given. */
export function misconfigurationMeets(when: GateConditions, finding: Misconfiguration, context: GateContext): boolean {
  return (
    severityFits(when, finding.severity, context) &&
    matchesAny(when.ids, [finding.id, ...(finding.aliases ?? [])]) &&
    matchesAny(when.paths, finding.path === undefined ? [] : [finding.path])
  );
}

/** A package meets a licence gate by a denied licence, or by having none of the allowed ones. Text that is no expression is never allowed. */
export function licenseMeets(when: GateConditions, found: Package): boolean {
  if (!packageFits(when, found)) return false;
  const { denied, allowed } = when;
  if (denied !== undefined && found.licenses.some((license) => !canAvoid(license, denied))) return true;
  return (
    allowed !== undefined &&
    (found.licenses.length === 0 || found.licenses.some((license) => !satisfiesAny(license, allowed)))
  );
}

/** `GPL-3.0-only OR MIT` avoids a denied GPL: another licence may be chosen. */
function canAvoid(license: string, denied: readonly string[]): boolean {
  if (denied.includes(license)) return false;
  const alternatives = license.replaceAll(/[()]/g, ' ').split(/\sOR\s/);
  return alternatives.some((alternative) => !alternative.split(/\sAND\s|\s+/).some((word) => denied.includes(word)));
}

function satisfiesAny(license: string, allowed: readonly string[]): boolean {
  try {
    return satisfies(license, [...allowed]);
  } catch {
    // The library throws for text that is no SPDX expression: such a licence is allowed only when it is listed word for word.
    return allowed.includes(license);
  }
}

/** Whether the lost coverage is of a kind that a gate names. */
export function problemMeets(when: GateConditions, problem: Problem): boolean {
  return matchesAny(when.codes, [problem.code]);
}

/** Without a bundle its age and its coverage are faulted: what is not there is not fresh. `unjudged` counts packages. */
export function databaseMeets(
  when: GateConditions,
  bundle: BundleReport | undefined,
  { now, unjudged }: { readonly now: Date; readonly unjudged: number },
): boolean {
  if (bundle === undefined) return when.ageDays !== undefined || when.noData === true || when.unjudged !== undefined;
  // One dead feed that the image does not need must not stop it.
  const used = bundle.sources.filter((source) => source.used === true);
  const sources = used.length > 0 ? used : bundle.sources;
  const oldest = sources.map((source) => source.capturedAt).sort()[0] ?? bundle.builtAt;
  return (
    compares(when.ageDays, daysSince(oldest, now)) &&
    compares(when.unjudged, unjudged) &&
    (when.expired === undefined || when.expired === (bundle.expired === true)) &&
    (when.starter === undefined || when.starter === (bundle.starter === true)) &&
    (when.noData === undefined || when.noData === (bundle.coverage.os === 'noData'))
  );
}

/** Whether the image as a whole meets every condition given. */
export function imageMeets(
  when: GateConditions,
  { image, misconfigurations, waste }: Pick<Analysis, 'image' | 'misconfigurations' | 'waste'>,
): boolean {
  return (
    (when.osEndOfLife === undefined || when.osEndOfLife === (image.os.eol?.reached === true)) &&
    (when.root === undefined || when.root === misconfigurations.some((finding) => finding.id === 'PLM-C001')) &&
    (when.missingLabels === undefined || missingLabels(when, image).length > 0) &&
    !(when.notBuiltBy && isVouched(when.notBuiltBy, image, ({ builder }) => builder)) &&
    !(when.notBuiltFrom && isVouched(when.notBuiltFrom, image, ({ source }) => source?.uri)) &&
    compares(when.layers, image.layers.length) &&
    compares(when.bytes, imageBytes(image)) &&
    compares(when.wastedBytes, waste.bytes) &&
    compares(when.efficiency, waste.efficiency)
  );
}

/** Whether a provenance that the image's signer vouches for names one of what is asked for. */
function isVouched(
  wanted: readonly Glob[],
  { provenance = [] }: Pick<Analysis['image'], 'provenance'>,
  named: (stated: Provenance) => string | undefined,
): boolean {
  const names = provenance.filter(({ signed }) => signed).flatMap((stated) => named(stated) ?? []);
  return names.some((name) => wanted.some((glob) => glob.matches(name)));
}

/** Bytes of all layers, uncompressed. */
export function imageBytes({ layers }: Pick<Analysis['image'], 'layers'>): number {
  return layers.reduce((sum, layer) => sum + layer.uncompressedSize, 0);
}

/** Those of the labels asked for that the image does not have. */
export function missingLabels(
  { missingLabels: labels = [] }: GateConditions,
  { config }: Pick<Analysis['image'], 'config'>,
): readonly string[] {
  return labels.filter((label) => !Object.hasOwn(config.labels, label));
}

function daysSince(time: string | undefined, now: Date): number | undefined {
  const at = time === undefined ? Number.NaN : Date.parse(time);
  return Number.isNaN(at) ? undefined : (now.getTime() - at) / DAY;
}

function accepts<T>(wanted: ReadonlySet<T> | undefined, value: T): boolean {
  return wanted === undefined || wanted.has(value);
}

function includes<T>(wanted: readonly T[] | undefined, value: T): boolean {
  return wanted === undefined || wanted.includes(value);
}

function matchesAny(
  wanted: readonly { matches(text: string): boolean }[] | undefined,
  values: readonly string[],
): boolean {
  return wanted === undefined || wanted.some((pattern) => values.some((value) => pattern.matches(value)));
}

/** A value that nobody states meets no comparison. */
function compares(wanted: Comparison | undefined, value: number | undefined): boolean {
  if (wanted === undefined) return true;
  if (value === undefined) return false;
  switch (wanted.operator) {
    case '>=':
      return value >= wanted.value;
    case '>':
      return value > wanted.value;
    case '<=':
      return value <= wanted.value;
    case '<':
      return value < wanted.value;
    case '=':
      return value === wanted.value;
  }
}
