import type { FindingRow, LayerRow, ReportData } from '../src/report/html/report-data.ts';
import { openFinding } from './detail.ts';
import { badge, bytesText, countText, element, section } from './dom.ts';

/** Rows of each list inside a layer; the tables of the page hold all. */
const SHOWN = 12;

/** The layer explorer: what each layer adds, hides and introduces, oldest first, as the Dockerfile reads. */
export function showLayers(data: ReportData): void {
  const largest = Math.max(1, ...data.layers.map((layer) => layer.uncompressedSize));
  section('layers-list').append(...data.layers.map((layer) => layerElement(data, layer, largest)));
}

function layerElement(data: ReportData, layer: LayerRow, largest: number): HTMLElement {
  const findings = data.findings.filter((row) => row.layer === layer.index && row.suppressed === undefined);
  const packages = data.packages.filter((row) => row.layer === layer.index);
  const secrets = data.secrets.filter((row) => row.layer === layer.index && row.suppressed === undefined);
  const worst = findings.filter((row) => row.severity === 'critical' || row.severity === 'high').length;
  const facts = [
    bytesText(layer.uncompressedSize),
    layer.files === 1 ? '1 entry' : `${layer.files.toLocaleString('en-US')} entries`,
    ...(packages.length > 0 ? [countText(packages.length, 'package')] : []),
  ];
  const summary = element(
    'summary',
    {},
    element('span', { class: 'index' }, String(layer.index)),
    element(
      'span',
      { class: 'instruction', title: layer.instruction },
      layer.instruction === '' ? 'no instruction recorded' : layer.instruction,
    ),
    element(
      'span',
      { class: 'marks' },
      layer.base ? badge('base', 'base') : undefined,
      worst > 0 ? badge(`${worst} severe`, 'high') : undefined,
      secrets.length > 0 ? badge(countText(secrets.length, 'secret'), 'critical') : undefined,
      layer.hiddenBytes > 0 ? badge(`hides ${bytesText(layer.hiddenBytes)}`, 'hidden') : undefined,
    ),
    bar(layer, largest),
    element('span', { class: 'dim' }, facts.join(' · ')),
  );
  const details = element('details', { class: 'layer' }, summary);
  // Built when first opened: an image may have 127 layers with thousands of rows.
  details.addEventListener('toggle', () => {
    if (details.open && details.children.length === 1) details.append(layerBody(data, layer));
  });
  return details;
}

function bar(layer: LayerRow, largest: number): HTMLElement {
  const shown = element('i', { class: 'shown' });
  const hidden = element('i', { class: 'gone' });
  const hiddenBytes = Math.min(layer.hiddenBytes, layer.uncompressedSize);
  shown.style.width = `${((layer.uncompressedSize - hiddenBytes) / largest) * 100}%`;
  hidden.style.width = `${(hiddenBytes / largest) * 100}%`;
  return element(
    'span',
    {
      class: 'bar',
      role: 'img',
      'aria-label': `${bytesText(layer.uncompressedSize)}, ${bytesText(hiddenBytes)} of it hidden`,
    },
    shown,
    hidden,
  );
}

function layerBody(data: ReportData, layer: LayerRow): HTMLElement {
  const findings = data.findings.filter((row) => row.layer === layer.index && row.suppressed === undefined);
  const body = element(
    'div',
    { class: 'layer-body' },
    element('pre', {}, layer.instruction),
    element('p', { class: 'dim' }, `${layer.digest}${layer.line === undefined ? '' : ` · Dockerfile:${layer.line}`}`),
  );
  const lists: readonly (readonly [string, readonly Node[]])[] = [
    ['Vulnerabilities it brings', findings.map((row) => findingLine(data, row))],
    [
      'Packages it brings',
      data.packages
        .filter((row) => row.layer === layer.index)
        .map((row) => line(`${row.name} ${row.version}`, row.state === 'present' ? '' : row.state)),
    ],
    [
      'Secrets in it',
      data.secrets
        .filter((row) => row.layer === layer.index)
        .map((row) => line(`${row.title}: ${row.place}`, row.state === 'present' ? '' : row.state)),
    ],
    [
      'Its files that later layers hide',
      data.files
        .filter((row) => row.addedIn === layer.index)
        .map((row) => line(`${row.path} (${bytesText(row.size)})`, `${row.how} in layer ${row.removedIn}`)),
    ],
    [
      'Files of earlier layers that it hides',
      data.files
        .filter((row) => row.removedIn === layer.index)
        .map((row) => line(`${row.path} (${bytesText(row.size)})`, `${row.how}, from layer ${row.addedIn}`)),
    ],
  ];
  for (const [title, items] of lists) if (items.length > 0) body.append(shortList(title, items));
  return body;
}

function shortList(title: string, items: readonly Node[]): HTMLElement {
  const list = element('ul', {}, ...items.slice(0, SHOWN));
  const box = element('section', {}, element('h4', {}, `${title} (${items.length.toLocaleString('en-US')})`), list);
  if (items.length <= SHOWN) return box;
  const more = element('button', { type: 'button', class: 'more' }, `show all ${items.length.toLocaleString('en-US')}`);
  more.addEventListener('click', () => {
    list.append(...items.slice(SHOWN));
    more.remove();
  });
  box.append(more);
  return box;
}

function line(text: string, note: string): HTMLElement {
  return element('li', {}, text, note === '' ? undefined : element('span', { class: 'dim' }, ` ${note}`));
}

function findingLine(data: ReportData, row: FindingRow): HTMLElement {
  const button = element('button', { type: 'button', class: 'link' }, row.id);
  button.addEventListener('click', () => openFinding(data, row));
  return element('li', {}, badge(row.severity), ' ', button, ` ${row.name} ${row.version}`);
}
