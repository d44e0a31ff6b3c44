import type { FindingRow, PackageRow, ReportData } from '../src/report/html/report-data.ts';
import { badge, definitions, element, outwardLink, section } from './dom.ts';

/** Opens the panel beside the page; Escape and its button close it, focus goes back to where it was. */
export function openPanel(title: string, ...content: readonly Node[]): void {
  const panel = section('panel');
  if (!(panel instanceof HTMLDialogElement)) throw new Error('the panel is no dialog');
  const close = element('button', { type: 'button', class: 'close', 'aria-label': 'Close' }, '×');
  close.addEventListener('click', () => panel.close());
  panel.replaceChildren(element('header', {}, element('h2', { id: 'panel-title' }, title), close), ...content);
  if (!panel.open) panel.showModal();
}

export function openFinding(data: ReportData, row: FindingRow): void {
  const item = data.packages[row.package];
  const layer = data.layers[row.layer];
  const marks = element(
    'p',
    { class: 'marks' },
    badge(row.severity),
    row.kev === undefined ? undefined : badge('known exploited', 'kev'),
    row.state === 'present' ? undefined : badge(row.state, 'hidden'),
    row.inBase ? badge('base image', 'base') : undefined,
  );
  openPanel(
    row.id,
    marks,
    row.title === '' ? element('p') : element('p', { class: 'lead' }, row.title),
    definitions([
      ['Package', `${row.name} ${row.version}`],
      ['Fixed in', row.fixedIn === '' ? statusText(row.status) : row.fixedIn],
      ['CVSS', row.score === undefined ? '' : row.score.toFixed(1)],
      ['EPSS', row.epss === undefined ? '' : `${(row.epss * 100).toFixed(1)} %`],
      ['Known exploited since', row.kev ?? ''],
      ['Also known as', row.also.join(', ')],
      ['Suppressed', row.suppressed ?? ''],
      [
        'Layer',
        layer === undefined
          ? String(row.layer)
          : `${layer.index}${layer.line === undefined ? '' : ` (Dockerfile:${layer.line})`}: ${layer.instruction}`,
      ],
      ['Found in', [...(item?.places ?? [])]],
      ['Source package', item?.source ?? ''],
      ['Package URL', item?.purl ?? ''],
      ['Why it matches', [...row.why]],
      ['Read more', row.links.map(outwardLink)],
    ]),
  );
}

export function openPackage(data: ReportData, row: PackageRow): void {
  const findings = data.findings.filter((finding) => data.packages[finding.package] === row);
  openPanel(
    row.name,
    element(
      'p',
      { class: 'marks' },
      badge(row.type, 'type'),
      badge(row.state, row.state === 'present' ? 'present' : 'hidden'),
    ),
    definitions([
      ['Version', row.version],
      ['Source package', row.source ?? ''],
      ['Licences', [...row.licenses]],
      ['Removed in layer', row.removedIn === undefined ? '' : String(row.removedIn)],
      ['Found in', [...row.places]],
      ['Package URL', row.purl],
      [
        'Vulnerabilities',
        findings.map(
          (finding) => `${finding.id} (${finding.severity})${finding.suppressed === undefined ? '' : ', suppressed'}`,
        ),
      ],
    ]),
  );
}

export function statusText(status: string): string {
  const texts: Readonly<Record<string, string>> = {
    'wont-fix': 'will not be fixed',
    deferred: 'fix deferred',
    'end-of-life': 'end of life',
    undecided: 'version could not be compared',
  };
  return texts[status] ?? 'no fix yet';
}
