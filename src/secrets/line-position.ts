import type { AnchorSearch } from '../bytes/anchor-search.ts';
import type { FileWindow } from './sighting.ts';

/** Where a byte of a file stands: line breaks before it, and the offset of the last of them (-1 for none). */
export interface LinePosition {
  readonly line: number;
  readonly lastBreak: number;
}

export const START_OF_FILE: LinePosition = { line: 0, lastBreak: -1 };

type LineCounter = Pick<AnchorSearch, 'countLines'>;

/** The position after `bytes[from, to)`, where `from` is byte `offset` of the file. */
export function advance(
  counter: LineCounter,
  position: LinePosition,
  bytes: Uint8Array,
  range: { readonly from: number; readonly to: number; readonly offset: number },
): LinePosition {
  const { from, to, offset } = range;
  const breaks = to > from ? counter.countLines(bytes, from, to) : 0;
  if (breaks === 0) return position;
  return { line: position.line + breaks, lastBreak: bytes.lastIndexOf(LINE_FEED, to - 1) - from + offset };
}

/** Tells lines and columns of a window, cheaply where asked for in rising order. */
export class LineCursor {
  readonly #counter: LineCounter;
  readonly #window: FileWindow;
  readonly #start: LinePosition;
  #at: number;
  #position: LinePosition;

  /** `start` is the line position of the window's begin. */
  constructor(counter: LineCounter, window: FileWindow, start: LinePosition) {
    this.#counter = counter;
    this.#window = window;
    this.#start = start;
    this.#at = window.start;
    this.#position = start;
  }

  /** Line and column from 1, where the bytes around are text. */
  place(at: number): { line?: number; column?: number } {
    const { bytes, start, end, offset } = this.#window;
    const to = Math.min(end, at + BINARY_MARGIN);
    for (let index = Math.max(start, at - BINARY_MARGIN); index < to; index++) if (bytes[index] === 0) return {};
    if (at < this.#at) {
      this.#at = start;
      this.#position = this.#start;
    }
    const range = { from: this.#at, to: at, offset: offset + this.#at - start };
    this.#position = advance(this.#counter, this.#position, bytes, range);
    this.#at = at;
    return { line: this.#position.line + 1, column: offset + at - start - this.#position.lastBreak };
  }
}

/** A NUL this near makes the place binary. */
const BINARY_MARGIN = 128;
const LINE_FEED = 0x0a;
