import type { FileWindow } from './sighting.ts';

/** Where a byte of a file stands: line breaks before it, and the offset of the last of them (-1 for none). */
export interface LinePosition {
  readonly line: number;
  readonly lastBreak: number;
}

export const START_OF_FILE: LinePosition = { line: 0, lastBreak: -1 };

/** The position after `bytes[from, to)`, where `from` is byte `offset` of the file. */
export function advance(
  position: LinePosition,
  bytes: Uint8Array,
  range: { from: number; to: number; offset: number },
): LinePosition {
  let { line, lastBreak } = position;
  for (let at = range.from; at < range.to; at++) {
    if (bytes[at] === LINE_FEED) {
      line++;
      lastBreak = at - range.from + range.offset;
    }
  }
  return { line, lastBreak };
}

/** Line and column from 1, where the bytes around are text. */
export function lineAndColumn(window: FileWindow, start: LinePosition, at: number): { line?: number; column?: number } {
  const from = Math.max(window.start, at - BINARY_MARGIN);
  const to = Math.min(window.end, at + BINARY_MARGIN);
  for (let index = from; index < to; index++) if (window.bytes[index] === 0) return {};
  const position = advance(start, window.bytes, { from: window.start, to: at, offset: window.offset });
  return { line: position.line + 1, column: window.offset + at - window.start - position.lastBreak };
}

/** A NUL this near makes the place binary. */
const BINARY_MARGIN = 128;
const LINE_FEED = 0x0a;
