import type { FileRow, PackageRow, ReportData, SecretRow } from '../src/report/html/report-data.ts';
import { openPackage, openPanel } from './detail.ts';
import { badge, bytesText, countText, definitions, element, section } from './dom.ts';
import { type Column, VirtualTable } from './virtual-table.ts';

interface List<T> {
  readonly place: string;
  readonly label: string;
  readonly noun: string;
  readonly rows: readonly T[];
  readonly columns: readonly Column<T>[];
  readonly text: (row: T) => string;
  readonly open?: (row: T) => void;
  /** Rows that do not count, though they are listed. */
  readonly isSuppressed?: (row: T) => boolean;
}

/** A table with a search box over `text`. */
function showList<T>(list: List<T>): VirtualTable<T> {
  const table = new VirtualTable<T>({
    label: list.label,
    columns: list.columns,
    empty: `No ${list.noun} to show.`,
    ...(list.open !== undefined && { open: list.open }),
  });
  const count = element('p', { class: 'count', role: 'status' });
  const search = element('input', {
    type: 'search',
    placeholder: `Search ${list.label.toLowerCase()} …`,
    'aria-label': `Search ${list.label.toLowerCase()}`,
  });
  const texts = list.rows.map((row) => list.text(row).toLowerCase());
  const apply = (): void => {
    const words = search.value
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
    const rows = list.rows.filter((_, index) => words.every((word) => texts[index]?.includes(word) === true));
    const suppressed = rows.filter((row) => list.isSuppressed?.(row) === true).length;
    const of = rows.length === list.rows.length ? '' : ` of ${list.rows.length.toLocaleString('en-US')}`;
    const quiet = suppressed === 0 ? '' : `, ${suppressed.toLocaleString('en-US')} of them suppressed`;
    count.textContent = `${countText(rows.length, list.noun)}${of}${quiet}`;
    table.show(rows);
  };
  search.addEventListener('input', apply);
  section(list.place).append(element('div', { class: 'filters', role: 'search' }, search), count, table.root);
  apply();
  return table;
}

export function showPackages(data: ReportData): VirtualTable<PackageRow> {
  return showList<PackageRow>({
    place: 'packages-table',
    label: 'Packages',
    noun: 'package',
    rows: data.packages,
    text: (row) =>
      `${row.name} ${row.version} ${row.type} ${row.state} ${row.licenses.join(' ')} ${row.places.join(' ')}`,
    open: (row) => openPackage(data, row),
    columns: [
      {
        title: 'Name',
        className: 'name',
        cell: (row) => element('span', { title: row.purl }, row.name),
        sortKey: (row) => row.name,
      },
      { title: 'Version', className: 'fix', cell: (row) => row.version, sortKey: (row) => row.version },
      { title: 'Type', className: 'type', cell: (row) => row.type, sortKey: (row) => row.type },
      {
        title: 'State',
        className: 'state',
        cell: (row) => (row.state === 'present' ? 'present' : badge(row.state, 'hidden')),
        sortKey: (row) => row.state,
      },
      { title: 'Layer', className: 'number', cell: (row) => String(row.layer), sortKey: (row) => row.layer },
      {
        title: 'Licences',
        className: 'title',
        cell: (row) => row.licenses.join(', '),
        sortKey: (row) => row.licenses.join(', '),
      },
    ],
  });
}

export function showFiles(data: ReportData): VirtualTable<FileRow> {
  return showList<FileRow>({
    place: 'files-table',
    label: 'Hidden files',
    noun: 'file',
    rows: [...data.files].sort((left, right) => right.size - left.size),
    text: (row) => `${row.path} ${row.how}`,
    columns: [
      {
        title: 'Path',
        className: 'path',
        cell: (row) => element('span', { title: row.path }, row.path),
        sortKey: (row) => row.path,
      },
      { title: 'Size', className: 'number size', cell: (row) => bytesText(row.size), sortKey: (row) => -row.size },
      { title: 'How', className: 'type', cell: (row) => row.how, sortKey: (row) => row.how },
      {
        title: 'Added in',
        className: 'number size',
        cell: (row) => String(row.addedIn),
        sortKey: (row) => row.addedIn,
      },
      {
        title: 'Hidden in',
        className: 'number size',
        cell: (row) => String(row.removedIn),
        sortKey: (row) => row.removedIn,
      },
    ],
  });
}

export function showSecrets(data: ReportData): VirtualTable<SecretRow> {
  const verdicts = ['proven', 'structured', 'contextual', 'generic'];
  const rank = (row: SecretRow): number => (row.suppressed === undefined ? 0 : 10) + verdicts.indexOf(row.verdict);
  return showList<SecretRow>({
    place: 'secrets-table',
    label: 'Secrets',
    noun: 'secret',
    isSuppressed: (row) => row.suppressed !== undefined,
    rows: [...data.secrets].sort((left, right) => rank(left) - rank(right)),
    text: (row) => `${row.title} ${row.place} ${row.verdict} ${row.state}`,
    open: (row) => openSecret(data, row),
    columns: [
      {
        title: 'Verdict',
        className: 'severity',
        cell: (row) => badge(row.verdict),
        sortKey: (row) => verdicts.indexOf(row.verdict),
      },
      {
        title: 'Kind',
        className: 'kind',
        cell: (row) => element('span', { class: row.suppressed === undefined ? '' : 'struck' }, row.title),
        sortKey: (row) => row.title,
      },
      {
        title: 'Place',
        className: 'path',
        cell: (row) => element('span', { title: row.place }, row.place),
        sortKey: (row) => row.place,
      },
      {
        title: 'Layer',
        className: 'number',
        cell: (row) => (row.layer === undefined ? '' : String(row.layer)),
        sortKey: (row) => row.layer ?? -1,
      },
      {
        title: 'State',
        className: 'state',
        cell: (row) => (row.state === '' || row.state === 'present' ? row.state : badge(row.state, 'hidden')),
        sortKey: (row) => row.state,
      },
      {
        title: 'Redacted match',
        className: 'match',
        cell: (row) => element('code', {}, row.match),
        sortKey: (row) => row.match,
      },
    ],
  });
}

function openSecret(data: ReportData, row: SecretRow): void {
  const layer = row.layer === undefined ? undefined : data.layers[row.layer];
  openPanel(
    row.title,
    element('p', { class: 'marks' }, badge(row.verdict), badge(row.severity)),
    definitions([
      ['Place', row.place],
      ['Redacted match', row.match],
      ['Proof', row.proof],
      ['Layer', layer === undefined ? '' : `${layer.index}: ${layer.instruction}`],
      [
        'State',
        row.state === '' || row.state === 'present'
          ? row.state
          : `${row.state}${row.removedIn === undefined ? '' : ` in layer ${row.removedIn}`}, still readable in the image`,
      ],
      ['Suppressed', row.suppressed ?? ''],
      [
        'What to do',
        'Revoke it, then build the image so that no layer holds it. Deleting it in a later layer does not help.',
      ],
    ]),
  );
}

export function showLicences(data: ReportData): VirtualTable<ReportData['licenses'][number]> {
  return showList<ReportData['licenses'][number]>({
    place: 'licences-table',
    label: 'Licences',
    noun: 'licence',
    rows: [...data.licenses].sort((left, right) => right.packages.length - left.packages.length),
    text: (row) => row.license,
    open: (row) =>
      openPanel(
        row.license,
        definitions([
          [
            'Packages',
            row.packages.map((index) => `${data.packages[index]?.name ?? ''} ${data.packages[index]?.version ?? ''}`),
          ],
          ['Files', [...row.files]],
        ]),
      ),
    columns: [
      {
        title: 'Licence',
        className: 'path',
        cell: (row) => element('span', { title: row.license }, row.license),
        sortKey: (row) => row.license,
      },
      {
        title: 'Packages',
        className: 'number',
        cell: (row) => row.packages.length.toLocaleString('en-US'),
        sortKey: (row) => -row.packages.length,
      },
    ],
  });
}
