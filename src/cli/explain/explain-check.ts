import { type JsonRecord, textField, textList } from '../../bytes/json.ts';
import { layerLine, suppressedLine } from './place-lines.ts';
import type { ReportIndex } from './report-index.ts';

/** One failed check of the image in words: what it found where, and what to do. */
export function explainCheck(check: JsonRecord, report: ReportIndex): readonly string[] {
  const field = (name: string): string => textField(check, name) ?? '';
  const aliases = textList(check, 'aliases');
  const path = textField(check, 'path');
  const place = [...(path === undefined ? [] : [`Found in   ${path}`]), ...layerLine(check, report)];
  return [
    `${field('id')}${aliases.length === 0 ? '' : ` (also ${aliases.join(', ')})`}`,
    field('title'),
    '',
    ...(place.length === 0 ? [] : [...place, '']),
    'Why it was reported',
    `  Severity ${field('severity')}: ${field('evidence')}.`,
    ...suppressedLine(check),
    '',
    'What to do',
    `  ${field('remediation')}`,
  ];
}
