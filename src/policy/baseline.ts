import { isRecord, type JsonRecord, listField, parseJson, textField } from '../bytes/json.ts';
import { PlimsollError } from '../errors.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import type { Analysis } from '../model/analysis.ts';
import type { Misconfiguration, Vulnerability } from '../model/finding.ts';
import type { Package } from '../model/package.ts';
import type { Secret } from '../model/secret.ts';

/** What an earlier report of the image knew: gates then count only what is new. */
export interface Baseline {
  readonly path: string;
  readonly known: ReadonlySet<string>;
}

/** Reads an earlier `--format json` report. Throws PLM_REPORT_INVALID. */
export function parseBaseline(text: string, path: string): Baseline {
  const report = parseJson(text, DEFAULT_LIMITS.jsonDepth, Number.POSITIVE_INFINITY);
  if (!isRecord(report) || report['schemaVersion'] !== 1 || !Array.isArray(report['vulnerabilities'])) {
    throw new PlimsollError('PLM_REPORT_INVALID', 'the baseline is no report of version 1', {
      path,
      hint: 'write one with --format json',
    });
  }
  const names = new Map<string, JsonRecord>();
  for (const found of listField(report, 'packages').filter(isRecord)) names.set(textField(found, 'id') ?? '', found);
  const known = new Set<string>();
  for (const finding of listField(report, 'vulnerabilities').filter(isRecord)) {
    known.add(vulnerabilityKey(finding, names.get(textField(finding, 'packageId') ?? '') ?? {}));
  }
  for (const secret of listField(report, 'secrets').filter(isRecord)) known.add(secretKey(secret));
  for (const check of checkKeys(listField(report, 'misconfigurations').filter(isRecord))) known.add(check);
  return { path, known };
}

/** Marks the findings that the baseline has. The version of the package is left out: an update that keeps the flaw brings nothing new. */
export function applyBaseline(
  analysis: Pick<Analysis, 'packages' | 'vulnerabilities' | 'secrets' | 'misconfigurations'>,
  baseline: Baseline,
): {
  readonly vulnerabilities: readonly Vulnerability[];
  readonly secrets: readonly Secret[];
  readonly misconfigurations: readonly Misconfiguration[];
} {
  const checks = checkKeys(analysis.misconfigurations.map((finding) => ({ ...finding })));
  const packages = new Map<string, Package>(analysis.packages.map((found) => [found.id, found]));
  const mark = (key: string): { readonly suppressed?: { readonly reason: string; readonly rule: string } } =>
    baseline.known.has(key) ? { suppressed: { reason: 'baseline', rule: baseline.path } } : {};
  return {
    vulnerabilities: analysis.vulnerabilities.map((finding) => ({
      ...mark(vulnerabilityKey({ ...finding }, { ...packages.get(finding.packageId) })),
      ...finding,
    })),
    secrets: analysis.secrets.map((secret) => ({ ...mark(secretKey({ ...secret })), ...secret })),
    misconfigurations: analysis.misconfigurations.map((finding, index) => ({
      ...mark(checks[index] ?? ''),
      ...finding,
    })),
  };
}

function vulnerabilityKey(finding: JsonRecord, found: JsonRecord): string {
  return key('vulnerability', [
    textField(finding, 'id'),
    textField(finding, 'state'),
    ...['type', 'namespace', 'name'].map((name) => textField(found, name)),
  ]);
}

function secretKey(secret: JsonRecord): string {
  const name = textField(secret, 'name');
  return key('secret', [
    ...['ruleId', 'fingerprint', 'source', 'path', 'state'].map((field) => textField(secret, field)),
    textField(secret, 'source') === 'history' ? name?.replace(/^\d+/, '') : name,
  ]);
}

/** Of alike failures each is known by itself: one more is new. */
function checkKeys(findings: readonly JsonRecord[]): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const evidence = withoutPosition(textField(finding, 'evidence') ?? '');
    const alike = key('check', [textField(finding, 'id'), textField(finding, 'path'), evidence]);
    const number = (seen.get(alike) ?? 0) + 1;
    seen.set(alike, number);
    return `${alike} ${number}`;
  });
}

/** The evidence of a failed check without the number of an entry of the history, which is another in every build that adds a line before it. */
export function withoutPosition(evidence: string): string {
  return evidence.replace(/^history (entry )?\d+/, 'history');
}

function key(kind: string, parts: readonly (string | undefined)[]): string {
  return JSON.stringify([kind, ...parts.map((part) => part ?? null)]);
}
