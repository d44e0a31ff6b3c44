import type { Analysis, BundleReport, IntegrityReport } from '../../model/analysis.ts';
import { counted } from '../../model/counted.ts';
import type { Severity } from '../../model/severity.ts';
import { signerName } from '../../model/signer.ts';
import { describeBytes, imageName, platformName } from '../describe.ts';
import {
  baseText,
  builtText,
  NOT_LOOKED_FOR,
  noFindingsText,
  notices,
  verdictReason,
  verdictWord,
  wasLookedFor,
} from '../notices.ts';
import type { Summary } from '../summary.ts';
import type { Colors, Page, Piece } from './page.ts';

/** Width of the row names of the overview. */
const LABEL = 17;

/** Verdict, image and one line for every kind of result. */
export function writeOverview(analysis: Analysis, summary: Summary, page: Page): void {
  const { colors } = page;
  const { verdict, gates } = analysis.policy;
  const paint = { pass: colors.green, warn: colors.yellow, fail: colors.red }[verdict];
  const why = `${verdictReason(analysis)}${gates.length === 0 ? ' (--fail-on sets one)' : ''}`;
  const word = verdictWord(analysis);
  page.line(0, { text: word, style: (text) => colors.bold(word === 'NOT JUDGED' ? text : paint(text)) }, '  ', why);
  row(page, 'Image', imageName(analysis.image));
  const { signer } = analysis.image;
  if (signer !== undefined)
    row(page, analysis.image.kind === 'sbom' ? 'SBOM signed by' : 'Signed by', signerName(signer));
  row(page, 'Platform', `${platformName(analysis.image)}, ${counted(analysis.image.layers.length, 'layer')}`);
  const base = baseText(analysis);
  if (base !== undefined) row(page, 'Base image', base);
  const built = builtText(analysis.image);
  if (built !== undefined) row(page, 'Built from', built);
  row(page, 'System', osText(analysis));
  row(
    page,
    'Packages',
    `${summary.packages}${summary.historyPackages === 0 ? '' : `, ${summary.historyPackages} of them only in history`}`,
  );
  if (analysis.bundle === undefined) row(page, 'Vulnerabilities', 'not looked for (no advisory database)');
  else {
    page.line(0, 'Vulnerabilities'.padEnd(LABEL), ...severityPieces(analysis, summary, colors));
    const notes = vulnerabilityNotes(summary);
    if (notes !== '') row(page, '', notes);
  }
  row(page, 'Secrets', wasLookedFor(analysis, 'secret') ? secretsText(summary) : NOT_LOOKED_FOR);
  row(page, 'Hidden files', wasLookedFor(analysis, 'file') ? hiddenText(analysis, summary) : NOT_LOOKED_FOR);
  const { integrity } = analysis.files;
  if (integrity !== undefined) row(page, 'Package files', integrityText(integrity));
  if (summary.misconfigurations > 0) row(page, 'Configuration', counted(summary.misconfigurations, 'finding'));
  if (analysis.bundle !== undefined) row(page, 'Database', bundleText(analysis.bundle));
  for (const [index, notice] of notices(analysis).entries()) row(page, index === 0 ? 'Mind' : '', notice);
}

function row(page: Page, label: string, text: string): void {
  page.paragraph(LABEL, text, label);
}

function osText(analysis: Analysis): string {
  const { prettyName, eol } = analysis.image.os;
  if (eol === undefined) return prettyName;
  return `${prettyName}, ${eol.reached ? 'end of life since' : 'supported until'} ${eol.date}`;
}

function severityPieces(analysis: Analysis, summary: Summary, colors: Colors): readonly Piece[] {
  const shown = summary.severities.filter(([, count]) => count > 0);
  if (shown.length === 0) return [noFindingsText(analysis)];
  return shown.flatMap(([severity, count], index): Piece[] => [
    index === 0 ? '' : ', ',
    { text: `${count} ${severity}`, style: severityColor(severity, colors) },
  ]);
}

/** How a severity is coloured on a terminal. */
export function severityColor(severity: Severity, colors: Colors): (text: string) => string {
  if (severity === 'critical') return (text) => colors.bold(colors.red(text));
  if (severity === 'high') return colors.red;
  if (severity === 'medium') return colors.yellow;
  return severity === 'unknown' ? colors.magenta : colors.dim;
}

function vulnerabilityNotes(summary: Summary): string {
  const notes = [
    summary.open > 0 ? `${summary.fixable} fixable` : '',
    summary.knownExploited > 0 ? `${summary.knownExploited} known exploited` : '',
    summary.inHistory > 0 ? `${summary.inHistory} more only in history` : '',
    summary.suppressed > 0 ? `${summary.suppressed} suppressed` : '',
  ];
  return notes.filter((note) => note !== '').join(', ');
}

function secretsText(summary: Summary): string {
  if (summary.openSecrets === 0)
    return summary.suppressedSecrets === 0 ? 'none found' : `none open, ${summary.suppressedSecrets} suppressed`;
  const kinds = summary.secrets.filter(([, count]) => count > 0).map(([verdict, count]) => `${count} ${verdict}`);
  return `${kinds.join(', ')}${summary.hiddenSecrets === 0 ? '' : `; ${summary.hiddenSecrets} in files deleted or overwritten later`}`;
}

function hiddenText(analysis: Analysis, summary: Summary): string {
  const { deleted, overwritten } = analysis.files;
  if (deleted.length + overwritten.length === 0) return 'none';
  const percent = (analysis.waste.efficiency * 100).toFixed(1);
  return `${deleted.length} deleted (${describeBytes(summary.deletedBytes)}), ${overwritten.length} overwritten (${describeBytes(summary.overwrittenBytes)}), efficiency ${percent}%`;
}

function integrityText({ checked, withoutDigest, modified }: IntegrityReport): string {
  const rest = withoutDigest === 0 ? '' : `; no digest known of ${withoutDigest} more`;
  return `${checked} verified, ${modified.length === 0 ? 'none' : modified.length} changed${rest}`;
}

function bundleText(bundle: BundleReport): string {
  const notes = [bundle.starter === true ? 'starter set' : '', bundle.rolledBack === true ? 'rolled back' : ''];
  return [
    `${bundle.channel} ${bundle.sequence} of ${bundle.builtAt.slice(0, 10)}`,
    ...notes.filter((note) => note !== ''),
  ].join(', ');
}
