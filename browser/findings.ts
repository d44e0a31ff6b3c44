import type { FindingRow, ReportData } from '../src/report/html/report-data.ts';
import { openFinding, statusText } from './detail.ts';
import { badge, countText, element, section } from './dom.ts';
import { type Column, VirtualTable } from './virtual-table.ts';

const SEVERITIES = ['critical', 'high', 'medium', 'low', 'negligible', 'unknown'] as const;

const COLUMNS: readonly Column<FindingRow>[] = [
  {
    title: 'Severity',
    className: 'severity',
    cell: (row) => badge(row.severity),
    sortKey: (row) => rankOf(row),
  },
  { title: 'Id', className: 'id', cell: idCell, sortKey: (row) => row.id },
  {
    title: 'Package',
    className: 'name',
    cell: (row) =>
      element('span', { title: `${row.name} ${row.version}` }, `${row.name} `, element('small', {}, row.version)),
    sortKey: (row) => row.name,
  },
  {
    title: 'Fixed in',
    className: 'fix',
    cell: (row) => (row.fixedIn === '' ? element('span', { class: 'dim' }, statusText(row.status)) : row.fixedIn),
    sortKey: (row) => (row.fixedIn === '' ? '~' : row.fixedIn),
  },
  {
    title: 'CVSS',
    className: 'number',
    cell: (row) => (row.score === undefined ? '' : row.score.toFixed(1)),
    sortKey: (row) => -(row.score ?? 0),
  },
  {
    title: 'EPSS',
    className: 'number',
    cell: (row) => (row.epss === undefined ? '' : `${(row.epss * 100).toFixed(1)} %`),
    sortKey: (row) => -(row.epss ?? 0),
  },
  { title: 'Layer', className: 'number', cell: (row) => String(row.layer), sortKey: (row) => row.layer },
  {
    title: 'Title',
    className: 'title',
    cell: (row) => element('span', { title: row.title }, row.title),
    sortKey: (row) => row.title,
  },
];

/** Position of the severity, worst first. */
function rankOf(row: FindingRow): number {
  const names: readonly string[] = SEVERITIES;
  return names.indexOf(row.severity);
}

function idCell(row: FindingRow): Node {
  return element(
    'span',
    { class: row.suppressed === undefined ? '' : 'struck' },
    row.id,
    row.kev === undefined ? undefined : badge('exploited', 'kev'),
    row.state === 'present' ? undefined : badge(row.state, 'hidden'),
  );
}

/** The findings table with its filters; urgent findings first until a heading is pressed. */
export function showFindings(data: ReportData): VirtualTable<FindingRow> {
  const place = section('findings-table');
  const ordered = [...data.findings].sort(urgency);
  const table = new VirtualTable<FindingRow>({
    label: 'Vulnerabilities',
    columns: COLUMNS,
    empty: 'No finding passes these filters.',
    open: (row) => openFinding(data, row),
  });
  const count = element('p', { class: 'count', role: 'status' });
  const search = element('input', {
    type: 'search',
    placeholder: 'Search id, package, title, path …',
    'aria-label': 'Search findings',
  });
  const chosen = new Set<string>();
  const apply = (): void => {
    const words = search.value
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
    const rows = ordered.filter(
      (row) => passes(row, chosen) && words.every((word) => haystack(data, row).includes(word)),
    );
    count.textContent = `${countText(rows.length, 'finding')} of ${data.findings.length.toLocaleString('en-US')}`;
    table.show(rows);
  };
  const chips = filterChips(data, chosen, apply);
  search.addEventListener('input', apply);
  place.append(element('div', { class: 'filters', role: 'search' }, search, chips), count, table.root);
  apply();
  return table;
}

function filterChips(data: ReportData, chosen: Set<string>, apply: () => void): HTMLElement {
  const group = element('div', { class: 'chips', role: 'group', 'aria-label': 'Filters' });
  const count = (name: string): number =>
    data.findings.filter((row) => row.suppressed === undefined && holds(row, name)).length;
  const present = SEVERITIES.filter((severity) => data.findings.some((row) => row.severity === severity));
  for (const name of [...present, 'fixable', 'exploited', 'not in base', 'history', 'suppressed']) {
    const number =
      name === 'suppressed' ? data.findings.filter((row) => row.suppressed !== undefined).length : count(name);
    if (number === 0) continue;
    const chip = element(
      'button',
      { type: 'button', class: `chip ${name.replaceAll(' ', '-')}`, 'aria-pressed': 'false' },
      `${name} `,
      element('b', {}, number.toLocaleString('en-US')),
    );
    chip.addEventListener('click', () => {
      if (chosen.has(name)) chosen.delete(name);
      else chosen.add(name);
      chip.setAttribute('aria-pressed', String(chosen.has(name)));
      apply();
    });
    group.append(chip);
  }
  return group;
}

function holds(row: FindingRow, name: string): boolean {
  if (name === 'fixable') return row.fixedIn !== '';
  if (name === 'exploited') return row.kev !== undefined;
  if (name === 'not in base') return !row.inBase;
  if (name === 'history') return row.state !== 'present';
  if (name === 'suppressed') return row.suppressed !== undefined;
  return row.severity === name;
}

/** Severities widen each other, all other filters narrow; suppressed findings show only when asked for. */
function passes(row: FindingRow, chosen: ReadonlySet<string>): boolean {
  if (row.suppressed !== undefined && !chosen.has('suppressed')) return false;
  const severities = SEVERITIES.filter((severity) => chosen.has(severity));
  if (severities.length > 0 && !severities.some((severity) => severity === row.severity)) return false;
  return [...chosen].every((name) => SEVERITIES.some((severity) => severity === name) || holds(row, name));
}

const haystacks = new WeakMap<FindingRow, string>();

function haystack(data: ReportData, row: FindingRow): string {
  const known = haystacks.get(row);
  if (known !== undefined) return known;
  const places = data.packages[row.package]?.places.join(' ') ?? '';
  const text =
    `${row.id} ${row.also.join(' ')} ${row.name} ${row.version} ${row.type} ${row.severity} ${row.title} ${places}`.toLowerCase();
  haystacks.set(row, text);
  return text;
}

function urgency(left: FindingRow, right: FindingRow): number {
  return (
    Number(left.state !== 'present') - Number(right.state !== 'present') ||
    Number(left.kev === undefined) - Number(right.kev === undefined) ||
    rankOf(left) - rankOf(right) ||
    Number(left.fixedIn === '') - Number(right.fixedIn === '') ||
    (right.epss ?? 0) - (left.epss ?? 0)
  );
}
