import { printable } from '../../report/printable.ts';
import { htmlPage, htmlText } from './html-page.ts';
import type { TrendGroup } from './trends.ts';

export const TREND_FORMATS = ['table', 'csv', 'html', 'json'] as const;
export type TrendFormat = (typeof TREND_FORMATS)[number];

/** Trends as text of the format, whole. */
export function renderTrends(groups: readonly TrendGroup[], format: TrendFormat): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify({ schemaVersion: 1, groups }, undefined, 2)}\n`;
    case 'csv':
      return csv(groups);
    case 'table':
      return table(groups);
    case 'html':
      return html(groups);
  }
}

function sum(group: TrendGroup, field: 'new' | 'fixed'): number {
  return group.days.reduce((total, day) => total + day[field], 0);
}

function table(groups: readonly TrendGroup[]): string {
  const rows = groups.map((group) =>
    [
      printable(group.group),
      group.days.at(-1)?.open ?? 0,
      sum(group, 'new'),
      sum(group, 'fixed'),
      group.meanDaysToFix ?? '-',
    ].map(String),
  );
  const all = [['group', 'open', 'new', 'fixed', 'mean days to fix'], ...rows];
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return `${all
    .map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')}\n`;
}

/** RFC 4180. Spreadsheets run cells that begin with a sign as formulas: those get a quote before them. */
function csv(groups: readonly TrendGroup[]): string {
  const rows = groups.flatMap((group) =>
    group.days.map((day) =>
      [group.group, day.day, day.open, day.new, day.fixed, group.meanDaysToFix ?? ''].map(cell).join(','),
    ),
  );
  return `${['group,day,open,new,fixed,mean days to fix', ...rows].join('\r\n')}\r\n`;
}

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const COLORS = ['#a40e26', '#bc4c00', '#9a6700', '#0969da', '#1a7f37', '#8250df', '#57606a', '#bf3989'];
const WIDTH = 900;
const HEIGHT = 260;
const MARGIN = 40;

function html(groups: readonly TrendGroup[]): string {
  const rows = groups.map(
    (group, index) =>
      `<tr><td><span style="color:${colorOf(index)}">&#9632;</span> ${htmlText(group.group)}</td><td>${group.days.at(-1)?.open ?? 0}</td><td>${sum(group, 'new')}</td><td>${sum(group, 'fixed')}</td><td>${group.meanDaysToFix ?? '&ndash;'}</td></tr>`,
  );
  const head = '<thead><tr><th>group<th>open<th>new<th>fixed<th>mean days to fix</tr></thead>';
  return htmlPage('Findings over time', `${chart(groups)}<table>${head}<tbody>${rows.join('')}</tbody></table>`);
}

/** Open findings of each group as one line. */
function chart(groups: readonly TrendGroup[]): string {
  const days = groups[0]?.days ?? [];
  const top = Math.max(1, ...groups.flatMap((group) => group.days.map((day) => day.open)));
  const x = (index: number): number => MARGIN + (index * (WIDTH - 2 * MARGIN)) / Math.max(1, days.length - 1);
  const y = (value: number): number => HEIGHT - MARGIN - (value * (HEIGHT - 2 * MARGIN)) / top;
  const lines = groups.map(
    (group, index) =>
      `<polyline fill="none" stroke="${colorOf(index)}" stroke-width="2" points="${group.days.map((day, at) => `${x(at).toFixed(1)},${y(day.open).toFixed(1)}`).join(' ')}"><title>${htmlText(group.group)}</title></polyline>`,
  );
  const label = (text: string | number, left: number, bottom: number): string =>
    `<text x="${left}" y="${bottom}" font-size="12">${htmlText(String(text))}</text>`;
  const axes = `<path d="M${MARGIN} ${MARGIN}V${HEIGHT - MARGIN}H${WIDTH - MARGIN}" fill="none" stroke="#8c959f"/>`;
  const labels = [
    label(top, 4, MARGIN + 4),
    label(0, 4, HEIGHT - MARGIN),
    label(days[0]?.day ?? '', MARGIN, HEIGHT - 12),
    label(days.at(-1)?.day ?? '', WIDTH - MARGIN - 70, HEIGHT - 12),
  ];
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="open findings by day">${axes}${lines.join('')}${labels.join('')}</svg>`;
}

function colorOf(index: number): string {
  return COLORS[index % COLORS.length] ?? '#57606a';
}
