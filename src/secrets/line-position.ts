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

/** Line and column from 1, where the bytes around are text. */
export function lineAndColumn(
  counter: LineCounter,
  window: FileWindow,
  start: LinePosition,
  at: number,
): { line?: number; column?: number } {
  const from = Math.max(window.start, at - BINARY_MARGIN);
  const to = Math.min(window.end, at + BINARY_MARGIN);
  for (let index = from; index < to; index++) if (window.bytes[index] === 0) return {};
  const position = advance(counter, start, window.bytes, { from: window.start, to: at, offset: window.offset });
  return { line: position.line + 1, column: window.offset + at - window.start - position.lastBreak };
}

/** A NUL this near makes the place binary. */
const BINARY_MARGIN = 128;
const LINE_FEED = 0x0a;
