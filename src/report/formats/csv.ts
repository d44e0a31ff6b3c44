import type { Analysis } from '../../model/analysis.ts';
import { instructionOf, packageLabel, secretPlace } from '../describe.ts';
import type { ReportFormat } from '../format.ts';
import { printable } from '../printable.ts';
import { secretSeverity } from '../secret-severity.ts';
import { packagesById } from '../summary.ts';
import { suppressionText } from '../suppression.ts';

const COLUMNS = [
  'kind',
  'id',
  'severity',
  'package',
  'version',
  'fixed in',
  'place',
  'layer',
  'instruction',
  'state',
  'suppressed',
  'title',
] as const;
type Row = Readonly<Partial<Record<(typeof COLUMNS)[number], string>>>;

/** One row for every finding and every problem, since lost coverage is no clean result (RFC 4180); safe to open in a spreadsheet. */
export const format: ReportFormat = {
  id: 'csv',
  title: 'Findings as comma-separated values',
  mediaType: 'text/csv; charset=utf-8; header=present',
  write: (analysis, sink) => {
    sink.write(`${COLUMNS.join(',')}\r\n`);
    for (const row of rows(analysis)) sink.write(`${COLUMNS.map((column) => cell(row[column] ?? '')).join(',')}\r\n`);
  },
};

function* rows(analysis: Analysis): Generator<Row> {
  const packages = packagesById(analysis);
  for (const finding of analysis.vulnerabilities) {
    const item = packages.get(finding.packageId);
    yield {
      kind: 'vulnerability',
      id: finding.id,
      severity: finding.severity,
      package: item === undefined ? finding.packageId : packageLabel(item),
      version: item?.version ?? '',
      'fixed in': finding.fixedIn.join(' '),
      place: item?.locations[0].path ?? '',
      ...layerCells(finding.layer, analysis),
      state: finding.state,
      suppressed: finding.suppressed === undefined ? '' : suppressionText(finding.suppressed),
      title: finding.title ?? '',
    };
  }
  for (const secret of analysis.secrets) {
    yield {
      kind: 'secret',
      id: secret.ruleId,
      severity: secretSeverity(secret),
      place: secretPlace(secret),
      ...layerCells(secret.layer, analysis),
      state: secret.state ?? '',
      suppressed: secret.suppressed === undefined ? '' : suppressionText(secret.suppressed),
      title: `${secret.title ?? secret.ruleId} (${secret.verdict})`,
    };
  }
  for (const finding of analysis.misconfigurations) {
    yield {
      kind: 'configuration',
      id: finding.id,
      severity: finding.severity,
      place: finding.path ?? '',
      ...layerCells(finding.layer, analysis),
      suppressed: finding.suppressed === undefined ? '' : suppressionText(finding.suppressed),
      title: finding.title,
    };
  }
  for (const problem of analysis.problems) {
    yield {
      kind: 'problem',
      id: problem.code,
      place: problem.path ?? '',
      ...layerCells(problem.layer, analysis),
      title: problem.detail,
    };
  }
}

function layerCells(layer: number | undefined, analysis: Analysis): Row {
  if (layer === undefined) return {};
  return { layer: String(layer), instruction: instructionOf(analysis.image.layers[layer]) ?? '' };
}

/**
 * A quoted cell. Spreadsheets run cells that start with `= + - @` (or a control character, shown as `\\x..`) as
 * formulas: an apostrophe before them makes them text (https://owasp.org/www-community/attacks/CSV_Injection).
 */
function cell(text: string): string {
  const plain = printable(text);
  const safe = /^\s*[=+\-@|%\\]/.test(plain) ? `'${plain}` : plain;
  return `"${safe.replaceAll('"', '""')}"`;
}
