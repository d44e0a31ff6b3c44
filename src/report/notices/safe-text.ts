import { printable } from '../printable.ts';

/** What parts the pages of old licences, and marks of byte order between texts that were put together. */
const NO_CONTENT = /[\f\ufeff]/g;
/** Tabs, and the joiners that names in Indic and Persian script are written with (Unicode, section 23.2). */
const KEPT = /([\t\u200c\u200d]+)/;

/**
 * A licence text safe to show: control and format characters become visible escapes as everywhere, but for line breaks, tabs
 * and joiners: it names people, and is handed on as it is.
 */
export function safeText(text: string): string {
  return text.replaceAll(NO_CONTENT, '').split('\n').map(safeLine).join('\n').replace(/^\n+/, '').trimEnd();
}

function safeLine(line: string): string {
  return line
    .split(KEPT)
    .map((part, index) => (index % 2 === 1 ? part : printable(part)))
    .join('');
}
