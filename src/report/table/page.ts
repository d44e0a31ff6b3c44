import { createColors } from 'picocolors';
import type { ReportOptions, TextSink } from '../format.ts';
import { printable } from '../printable.ts';

/** Columns assumed where the output is no terminal, and the narrowest page laid out. */
const DEFAULT_COLUMNS = 80;
const MIN_COLUMNS = 40;

export type Colors = ReturnType<typeof createColors>;

/** One text page: knows its width and whether it may colour. Every text passes `printable`. */
export interface Page {
  readonly columns: number;
  readonly colors: Colors;
  /** A blank line and a heading. */
  heading(text: string): void;
  /**
   * A line of cells: [text, style?] pieces after an indent. The last piece gives way when the line would be too long;
   * the others are cut only if they alone fill the line.
   */
  line(indent: number, ...pieces: readonly Piece[]): void;
  /** A paragraph broken at spaces into lines of the page; `label` stands in the indent of the first line. */
  paragraph(indent: number, text: Piece, label?: Piece): void;
}

export type Piece = string | { readonly text: string; readonly style: (text: string) => string };

/** A page as wide as the terminal: 80 columns where there is none, never fewer than 40. */
export function createPage(sink: TextSink, options: ReportOptions): Page {
  const columns = Math.max(MIN_COLUMNS, options.columns ?? DEFAULT_COLUMNS);
  const colors = createColors(options.color);
  return {
    columns,
    colors,
    heading: (text) => sink.write(`\n${colors.bold(shorten(printable(text), columns))}\n`),
    line: (indent, ...pieces) => sink.write(`${layLine(pieces, indent, columns)}\n`),
    paragraph: (indent, piece, label = '') => {
      const { text, style } = styled(piece);
      const margin = styled(label);
      for (const [index, line] of breakLines(printable(text), columns - indent).entries()) {
        const start = index === 0 ? margin.style(margin.text.padEnd(indent)) : ' '.repeat(indent);
        sink.write(`${start}${style(line)}\n`);
      }
    },
  };
}

function layLine(pieces: readonly Piece[], indent: number, columns: number): string {
  let room = columns - indent;
  let line = ' '.repeat(indent);
  for (const piece of pieces) {
    const { text, style } = styled(piece);
    const shown = shorten(printable(text), room);
    line += style(shown);
    room -= shown.length;
    if (room <= 0) break;
  }
  return line.trimEnd();
}

function styled(piece: Piece): Exclude<Piece, string> {
  return typeof piece === 'string' ? { text: piece, style: plain } : piece;
}

function plain(text: string): string {
  return text;
}

/** The text, or its start and `…` where it is longer than `width` UTF-16 units; never half of a surrogate pair. */
function shorten(text: string, width: number): string {
  if (text.length <= width) return text;
  const cut = text.slice(0, Math.max(0, width - 1)).replace(/[\ud800-\udbff]$/, '');
  return `${cut}…`;
}

/** A path cut in the middle, since its end says most. */
export function shortenPath(path: string, width: number): string {
  const text = printable(path);
  if (text.length <= width) return text;
  const tail = text.slice(text.length - Math.ceil((width - 1) * 0.65)).replace(/^[\udc00-\udfff]/, '');
  return `${shorten(text, width - tail.length)}${tail}`;
}

function breakLines(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
    while (line.length > width) {
      lines.push(line.slice(0, width));
      line = line.slice(width);
    }
  }
  return line === '' ? lines : [...lines, line];
}
