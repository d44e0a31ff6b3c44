import { counted } from '../../model/counted.ts';
import { parseSeverity, severityRank } from '../../model/severity.ts';
import { printable } from '../../report/printable.ts';
import type { BundleMark } from '../archive-store.ts';
import type { AffectedImage, ImageEvent } from './affected-images.ts';
import { htmlPage, htmlText } from './html-page.ts';

/** What a re-match or a question about a period tells. */
export interface AffectedReport {
  readonly from: Pick<BundleMark, 'contentId' | 'sequence' | 'builtAt'> | null;
  readonly to: Pick<BundleMark, 'contentId' | 'sequence' | 'builtAt'> | null;
  readonly images: readonly AffectedImage[];
  /** Where `images` are a page: how many all pages have. */
  readonly total?: number;
}

export const DIGEST_FORMATS = ['table', 'json', 'markdown', 'html'] as const;
export type DigestFormat = (typeof DIGEST_FORMATS)[number];

/** The report as people read it, the worst events of each image first. */
export function renderAffected(report: AffectedReport, format: Exclude<DigestFormat, 'json'>): string {
  switch (format) {
    case 'table':
      return table(report);
    case 'markdown':
      return markdown(report);
    case 'html':
      return html(report);
  }
}

function headline({ from, to, images, total = images.length }: AffectedReport): string {
  const events = images.reduce((sum, image) => sum + image.events.length, 0);
  const span = to === null ? '' : ` (bundle ${from === null ? 'none' : from.sequence} to ${to.sequence})`;
  return images.length === 0
    ? `No archived image is affected differently${span}.`
    : `${total === images.length ? '' : `Of ${counted(total, 'archived image')} with changes: `}${counted(images.length, 'archived image')}, ${counted(events, 'change')}${span}.`;
}

function table(report: AffectedReport): string {
  const lines = [headline(report)];
  for (const image of report.images) {
    lines.push('', printable(title(image)));
    for (const event of worstFirst(image)) {
      lines.push(
        `  ${event.kind.padEnd(9)} ${event.severity.padEnd(10)} ${printable(event.vulnerability)}  ${printable(event.packageId)}  ${place(event)}  ${event.cause}${fix(event)}`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

function markdown(report: AffectedReport): string {
  const lines = [`## ${headline(report)}`];
  for (const image of report.images) {
    lines.push(
      '',
      `### ${cell(title(image))}`,
      '',
      '| change | severity | finding | package | where | cause | fixed in |',
      '|---|---|---|---|---|---|---|',
    );
    for (const event of worstFirst(image)) {
      lines.push(
        `| ${[event.kind, event.severity, event.vulnerability, event.packageId, place(event), event.cause, event.fixedIn.join(', ')].map(cell).join(' | ')} |`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

function html(report: AffectedReport): string {
  const sections = report.images.map((image) => {
    const rows = worstFirst(image).map(
      (event) =>
        `<tr class="${htmlText(event.severity)}">${[
          event.kind,
          event.severity,
          event.vulnerability,
          event.packageId,
          place(event),
          event.cause,
          event.fixedIn.join(', '),
        ]
          .map((text) => `<td>${htmlText(text)}</td>`)
          .join('')}</tr>`,
    );
    return `<h2>${htmlText(title(image))}</h2><table><thead><tr><th>change<th>severity<th>finding<th>package<th>where<th>cause<th>fixed in</tr></thead><tbody>${rows.join('')}</tbody></table>`;
  });
  return htmlPage('Affected images', `<p>${htmlText(headline(report))}</p>${sections.join('\n')}`);
}

function title({ ref, image }: AffectedImage): string {
  return ref === undefined ? image : `${ref} (${image})`;
}

function place(event: ImageEvent): string {
  return event.state === 'present' ? `layer ${event.layer}` : `layer ${event.layer}, ${event.state}`;
}

function fix(event: ImageEvent): string {
  return event.fixedIn.length === 0 ? '' : `, fixed in ${printable(event.fixedIn.join(', '))}`;
}

function worstFirst(image: AffectedImage): readonly ImageEvent[] {
  const rank = (event: ImageEvent): number => severityRank(parseSeverity(event.severity) ?? 'unknown');
  return image.events.toSorted((left, right) => rank(left) - rank(right));
}

/** Text from feeds and images in a Markdown cell: no cell ends, markup or links of its own. */
function cell(text: string): string {
  return printable(text).replaceAll(/[\\`*_{}[\]()#+!|<>~]/g, (sign) => `\\${sign}`);
}
