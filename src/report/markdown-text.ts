import type { TextSink } from './format.ts';
import { printable } from './printable.ts';

/** Rows of a table: a pull request comment holds 65,536 characters. */
const SHOWN_ROWS = 25;

/** A heading and a table, its column titles first; nothing where there is no row. */
export function writeTable(sink: TextSink, heading: string, table: readonly (readonly string[])[]): void {
  const [columns = [], ...rows] = table;
  if (rows.length === 0) return;
  const lines = [columns, columns.map(() => '---'), ...rows.slice(0, SHOWN_ROWS)].map(
    (cells) => `| ${cells.join(' | ')} |`,
  );
  const rest = rows.length > SHOWN_ROWS ? `\n${rows.length - SHOWN_ROWS} more are in the full report.\n` : '';
  sink.write(`### ${heading}\n\n${lines.join('\n')}\n${rest}\n`);
}

/** Text that stays text: no markup, no links, no mentions, no new table cell. */
export function text(value: string): string {
  const plain = printable(value).slice(0, 300);
  return plain
    .replace(/[\\`*_{}[\]()#+!|~$-]/g, (mark) => `\\${mark}`)
    .replace(/[&<>@]/g, (mark) => `&#${mark.charCodeAt(0)};`)
    .replace(/(https?):\/\//gi, '$1:&#8203;//');
}

/** A code span; backticks cannot be escaped inside one. */
export function code(value: string): string {
  return `<code>${text(value)}</code>`;
}
