import { printable } from '../printable.ts';

/**
 * A licence text safe to show: control and format characters become visible escapes as everywhere, but for line breaks and
 * tabs. Form feeds, which part the pages of old licences, are left out.
 */
export function safeText(text: string): string {
  return text
    .replaceAll('\f', '')
    .split('\n')
    .map((line) => line.split('\t').map(printable).join('\t'))
    .join('\n')
    .replace(/^\n+|\s+$/g, '');
}
