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
  for (const finding of listField(report, 'misconfigurations').filter(isRecord)) known.add(checkKey(finding));
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
  const packages = new Map<string, Package>(analysis.packages.map((found) => [found.id, found]));
  const mark = (key: string): { readonly suppressed?: { readonly reason: string; readonly rule: string } } =>
    baseline.known.has(key) ? { suppressed: { reason: 'baseline', rule: baseline.path } } : {};
  return {
    vulnerabilities: analysis.vulnerabilities.map((finding) => ({
      ...mark(vulnerabilityKey({ ...finding }, { ...packages.get(finding.packageId) })),
      ...finding,
    })),
    secrets: analysis.secrets.map((secret) => ({ ...mark(secretKey({ ...secret })), ...secret })),
    misconfigurations: analysis.misconfigurations.map((finding) => ({ ...mark(checkKey({ ...finding })), ...finding })),
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
  return key(
    'secret',
    ['ruleId', 'fingerprint', 'source', 'name', 'path', 'state'].map((name) => textField(secret, name)),
  );
}

function checkKey(finding: JsonRecord): string {
  return key(
    'check',
    ['id', 'path', 'evidence'].map((name) => textField(finding, name)),
  );
}

function key(kind: string, parts: readonly (string | undefined)[]): string {
  return JSON.stringify([kind, ...parts.map((part) => part ?? null)]);
}
