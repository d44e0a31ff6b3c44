import type { Analysis } from '../../model/analysis.ts';
import { describeBytes } from '../describe.ts';
import { unjudgedPresent, wasLookedFor } from '../notices.ts';
import type { Summary } from '../summary.ts';
import { html, type Markup } from './markup.ts';

/** The numbers a reader looks for first. */
export function tiles(analysis: Analysis, summary: Summary): Markup {
  const severe = summary.severities
    .filter(([severity]) => severity === 'critical' || severity === 'high')
    .reduce((sum, [, count]) => sum + count, 0);
  const matched = analysis.bundle !== undefined;
  // Green is for what was looked at: packages without advisories are not known to be clean.
  const clean = severe === 0 && unjudgedPresent(analysis).count === 0;
  return html`<div class="tiles">
${tile(matched ? severe : '–', 'critical and high', severe > 0 ? 'bad' : matched && clean ? 'good' : '')}
${tile(matched ? summary.open : '–', matched ? `${summary.open === 1 ? 'vulnerability' : 'vulnerabilities'}, ${summary.fixable} fixable` : 'vulnerabilities not looked for', '')}
${tile(summary.knownExploited, 'known to be exploited', summary.knownExploited > 0 ? 'bad' : '')}
${secretsTile(analysis, summary)}
${wasLookedFor(analysis, 'file') ? tile(analysis.files.deleted.length, `deleted files still inside, ${describeBytes(summary.deletedBytes)}`, '') : tile('–', 'deleted files not looked for', '')}
${tile(summary.packages, summary.historyPackages > 0 ? `packages, ${summary.historyPackages} only in history` : 'packages', '')}
</div>`;
}

function secretsTile(analysis: Analysis, { openSecrets, hiddenSecrets }: Summary): Markup {
  if (!wasLookedFor(analysis, 'secret')) return tile('–', 'secrets not looked for', '');
  const label = hiddenSecrets > 0 ? `secrets, ${hiddenSecrets} deleted or overwritten later` : 'secrets';
  return tile(openSecrets, label, openSecrets > 0 ? 'bad' : 'good');
}

function tile(value: number | string, label: string, tone: string): Markup {
  return html`<div class="tile ${tone}"><b>${typeof value === 'number' ? value.toLocaleString('en-US') : value}</b><span>${label}</span></div>`;
}

/** Open findings by severity as one bar; widths are attributes, since the policy forbids inline styles. */
export function severityBar(summary: Summary): Markup {
  const shown = summary.severities.filter(([, count]) => count > 0);
  if (shown.length === 0) return html``;
  const unit = 1000 / summary.open;
  let x = 0;
  const parts = shown.map(([severity, count]) => {
    const from = x;
    x += count * unit;
    return html`<rect class="${severity}" x="${from.toFixed(2)}" y="0" width="${(count * unit).toFixed(2)}" height="14"/>`;
  });
  const legend = shown.map(
    ([severity, count]) =>
      html`<li><span class="badge ${severity}">${severity}</span> ${count.toLocaleString('en-US')}</li>`,
  );
  return html`<svg class="severities" viewBox="0 0 1000 14" preserveAspectRatio="none" aria-hidden="true" focusable="false">${parts}</svg><ul class="legend" aria-label="Vulnerabilities by severity">${legend}</ul>`;
}
