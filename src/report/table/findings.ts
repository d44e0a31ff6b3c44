import type { Analysis } from '../../model/analysis.ts';
import { counted } from '../../model/counted.ts';
import type { Vulnerability } from '../../model/finding.ts';
import type { Package } from '../../model/package.ts';
import { describeLayer, hasLayers, packageLabel } from '../describe.ts';
import { openFixes, packagesById, worstFirst } from '../summary.ts';
import { severityColor } from './overview.ts';
import type { Page, Piece } from './page.ts';

/** Rows a person reads; the other formats hold all. */
const SHOWN_FIXES = 10;
const SHOWN_FINDINGS = 20;

/** One upgrade a line, the one that clears most first. */
export function writeFixPlan(analysis: Analysis, page: Page): void {
  const steps = openFixes(analysis);
  if (steps.length === 0) return;
  const packages = packagesById(analysis);
  page.heading('Fix first');
  for (const step of steps.slice(0, SHOWN_FIXES)) {
    const name = labelOf(packages.get(step.packageId), step.packageId);
    const others = step.clears.length > 1 ? ` and ${step.clears.length - 1} more` : '';
    page.line(2, { text: name, style: page.colors.bold }, ` ${step.from} -> ${step.to}`);
    const layer = hasLayers(analysis.image) ? `layer ${step.layer}, ` : '';
    page.line(4, `${layer}clears ${step.clears[0] ?? ''}${others}`);
  }
  writeRest(steps.length - SHOWN_FIXES, 'upgrade', page);
}

/** The findings to act on first with layer, instruction and fix. */
export function writeWorstFindings(analysis: Analysis, page: Page): void {
  const findings = worstFirst(analysis);
  if (findings.length === 0) return;
  const packages = packagesById(analysis);
  page.heading('Worst findings');
  for (const finding of findings.slice(0, SHOWN_FINDINGS))
    writeFinding(finding, { image: analysis.image, item: packages.get(finding.packageId) }, page);
  writeRest(findings.length - SHOWN_FINDINGS, 'finding', page);
}

export function writeSuppressed(analysis: Analysis, page: Page): void {
  const findings = [
    ...analysis.vulnerabilities.map(({ id, packageId, suppressed }) => ({ id, place: packageId, suppressed })),
    ...analysis.secrets.map(({ ruleId, path, name, source, suppressed }) => ({
      id: ruleId,
      place: path ?? name ?? source,
      suppressed,
    })),
    ...analysis.misconfigurations.map(({ id, path, suppressed }) => ({
      id,
      place: path ?? 'configuration',
      suppressed,
    })),
  ].filter((finding) => finding.suppressed !== undefined);
  if (findings.length === 0) return;
  page.heading('Suppressed');
  for (const { id, place, suppressed } of findings) {
    const rule = suppressed?.rule === undefined ? '' : ` (${suppressed.rule})`;
    page.line(2, id, `  ${place}`);
    page.line(4, `${suppressed?.reason ?? ''}${rule}`);
  }
}

/** How many rows a shortened list left out, and where they are. */
export function writeRest(count: number, noun: string, page: Page): void {
  if (count > 0)
    page.line(2, {
      text: `and ${counted(count, `more ${noun}`)}; all are in --format json and html`,
      style: page.colors.dim,
    });
}

function writeFinding(
  finding: Vulnerability,
  { image, item }: { readonly image: Analysis['image']; readonly item: Package | undefined },
  page: Page,
): void {
  const { colors } = page;
  const marks: Piece[] = [];
  if (finding.kev !== undefined) marks.push({ text: ' EXPLOITED', style: colors.red });
  if (finding.state !== 'present') marks.push({ text: ` ${finding.state}`, style: colors.cyan });
  const fix = finding.fixedIn.length === 0 ? statusText(finding) : `fixed in ${finding.fixedIn.join(', ')}`;
  page.line(
    2,
    { text: finding.severity.padEnd(11), style: severityColor(finding.severity, colors) },
    { text: finding.id, style: colors.bold },
    ...marks,
  );
  page.paragraph(13, `${labelOf(item, finding.packageId)} ${item?.version ?? ''}, ${fix}`);
  if (hasLayers(image)) page.line(13, { text: describeLayer(image, finding.layer), style: colors.dim });
}

function labelOf(item: Package | undefined, id: string): string {
  return item === undefined ? id : packageLabel(item);
}

function statusText(finding: Vulnerability): string {
  const texts = {
    affected: 'no fix yet',
    fixed: 'no fix yet',
    'wont-fix': 'will not be fixed',
    deferred: 'fix deferred',
    'end-of-life': 'no fix: end of life',
    undecided: 'version could not be compared',
    'not-affected': 'not affected',
  } as const;
  return texts[finding.status];
}
