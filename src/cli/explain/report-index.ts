import { isRecord, type JsonRecord, listField, parseJson, recordField, textField, textList } from '../../bytes/json.ts';
import { PlimsollError } from '../../errors.ts';
import { liesAt } from './lies-at.ts';
import { isPackageNamed } from './named-package.ts';

/** The parts of a JSON report that an explanation draws on. */
export interface ReportIndex {
  readonly vulnerabilities: readonly JsonRecord[];
  readonly secrets: readonly JsonRecord[];
  readonly misconfigurations: readonly JsonRecord[];
  readonly packages: ReadonlyMap<string, JsonRecord>;
  readonly layers: readonly JsonRecord[];
  /** Capture dates by feed. */
  readonly captured: ReadonlyMap<string, string>;
  readonly os: JsonRecord | undefined;
  /** Whether vulnerabilities were looked for. */
  readonly isMatched: boolean;
  /** What the database has no advisories for, by the ids of the packages that could not be judged. */
  readonly unjudged: ReadonlyMap<string, string>;
}

const DEPTH = 64;

/** Reads a report written with `--format json`. Throws PLM_REPORT_INVALID. */
export function indexReport(text: string, path: string): ReportIndex {
  const report = parseJson(text, DEPTH, Number.POSITIVE_INFINITY);
  if (!isRecord(report) || report['schemaVersion'] !== 1) {
    throw new PlimsollError(
      'PLM_REPORT_INVALID',
      report === undefined ? 'the report is no JSON document' : 'this is no JSON report of version 1',
      {
        path,
        hint: 'write one with: plimsoll scan IMAGE -o json=FILE, or archive export',
      },
    );
  }
  const image = recordField(report, 'image') ?? {};
  const sources = listField(recordField(report, 'bundle') ?? {}, 'sources').filter(isRecord);
  const packages = listField(report, 'packages').filter(isRecord);
  return {
    vulnerabilities: listField(report, 'vulnerabilities').filter(isRecord),
    secrets: listField(report, 'secrets').filter(isRecord),
    misconfigurations: listField(report, 'misconfigurations').filter(isRecord),
    packages: new Map(packages.map((pkg) => [textField(pkg, 'id') ?? '', pkg])),
    layers: listField(image, 'layers').filter(isRecord),
    captured: new Map(sources.map((source) => [textField(source, 'id') ?? '', textField(source, 'capturedAt') ?? ''])),
    os: recordField(image, 'os'),
    isMatched: recordField(report, 'bundle') !== undefined,
    unjudged: unjudgedOf(recordField(report, 'bundle') ?? {}),
  };
}

function unjudgedOf(bundle: JsonRecord): ReadonlyMap<string, string> {
  const groups = listField(recordField(bundle, 'coverage') ?? {}, 'unjudged').filter(isRecord);
  return new Map(
    groups.flatMap((group) => textList(group, 'packageIds').map((id) => [id, textField(group, 'missing') ?? ''])),
  );
}

/** Findings that answer to a name: their id, an alias, or the id of an advisory behind them; on one package if given. */
export function findingsNamed(
  report: ReportIndex,
  name: string,
  packageName: string | undefined,
): readonly JsonRecord[] {
  const wanted = name.toLowerCase();
  return report.vulnerabilities.filter((finding) => {
    const names = [textField(finding, 'id') ?? '', ...textList(finding, 'aliases'), ...advisoryIds(finding)];
    return names.some((known) => known.toLowerCase() === wanted) && isOn(report, finding, packageName);
  });
}

/** Secrets that answer to a name: their fingerprint, the rule that found them, or the file they lie in. */
export function secretsNamed(report: ReportIndex, name: string): readonly JsonRecord[] {
  return report.secrets.filter(
    (secret) =>
      [textField(secret, 'fingerprint'), textField(secret, 'ruleId')].includes(name.toLowerCase()) ||
      liesAt(secret, name),
  );
}

/** Failed image checks that answer to a name: our number, that of a benchmark, or the file they are about. */
export function checksNamed(report: ReportIndex, name: string): readonly JsonRecord[] {
  const wanted = name.toUpperCase();
  return report.misconfigurations.filter(
    (check) => textField(check, 'id') === wanted || textList(check, 'aliases').includes(wanted) || liesAt(check, name),
  );
}

/** Packages that answer to a name, or that were read from the file it names. */
export function packagesNamed(report: ReportIndex, name: string): readonly JsonRecord[] {
  return [...report.packages.values()].filter((pkg) => isPackageNamed(pkg, name) || liesAt(pkg, name));
}

export function advisoryIds(finding: JsonRecord): readonly string[] {
  return listField(finding, 'advisories')
    .filter(isRecord)
    .map((advisory) => textField(advisory, 'id') ?? '');
}

function isOn(report: ReportIndex, finding: JsonRecord, packageName: string | undefined): boolean {
  if (packageName === undefined) return true;
  const id = textField(finding, 'packageId') ?? '';
  const pkg = report.packages.get(id);
  return id === packageName || (pkg !== undefined && isPackageNamed(pkg, packageName));
}
