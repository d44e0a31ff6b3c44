import { type JsonRecord, textField, textList } from '../../bytes/json.ts';
import { layerLine, remedyLines, suppressedLine } from './place-lines.ts';
import type { ReportIndex } from './report-index.ts';

/** One check of the image that failed at some places, in words: what it found where, and what to do. */
export function explainCheck(places: readonly JsonRecord[], report: ReportIndex): readonly string[] {
  const [check = {}, ...others] = places;
  const field = (name: string): string => textField(check, name) ?? '';
  const aliases = textList(check, 'aliases');
  const found = others.length === 0 ? onlyPlace(check, report) : allPlaces(places, report);
  return [
    `${field('id')}${aliases.length === 0 ? '' : ` (also ${aliases.join(', ')})`}`,
    field('title'),
    '',
    ...(found.length === 0 ? [] : [...found, '']),
    'Why it was reported',
    `  Severity ${field('severity')}${others.length === 0 ? `: ${field('evidence')}` : `, at ${places.length} places`}.`,
    ...suppressedLine(check),
    '',
    'What to do',
    ...remedyLines(check, field('remediation')),
  ];
}

function onlyPlace(check: JsonRecord, report: ReportIndex): string[] {
  const path = textField(check, 'path');
  return [...(path === undefined ? [] : [`Found in   ${path}`]), ...layerLine(check, report)];
}

/** Every place with what was found there, by layer. */
function allPlaces(places: readonly JsonRecord[], report: ReportIndex): string[] {
  return [...Map.groupBy(places, (place) => layerLine(place, report).join(' '))].flatMap(([layer, sharing]) => [
    ...sharing.map((place) => {
      const path = textField(place, 'path');
      return `Found in   ${path === undefined ? '' : `${path}: `}${textField(place, 'evidence') ?? ''}`;
    }),
    ...(layer === '' ? [] : [layer]),
  ]);
}
