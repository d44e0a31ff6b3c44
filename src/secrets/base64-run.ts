import type { Site } from './rule.ts';
import { BASE64 } from './shapes/char-set.ts';
import { latin1 } from './shapes/latin1.ts';

/** `-----BEGIN` in base64, at each of the three alignments a text can have. */
export const PEM_ANCHORS = ['LS0tLS1CRUdJTi', '0tLS0tQkVHSU4', 'tLS0tLUJFR0lO'];
/** `://` in base64 at each alignment, with all that the letters around it can make of its first and last bits. */
export const URL_ANCHORS = ['Oi8v', 'DovL', 'TovL', 'jovL', 'zovL', '6Ly8', '6Ly9'];
/** Place of an anchor's first letter in its group of four. */
const PLACE_IN_GROUP: ReadonlyMap<string, number> = new Map([
  ...PEM_ANCHORS.map((anchor, index) => [anchor, [0, 2, 3][index] ?? 0] as const),
  ...URL_ANCHORS.map((anchor, index) => [anchor, index === 0 ? 0 : index < 5 ? 1 : 3] as const),
]);
/** Room for the base64 of a PEM text with a key of 16,384 bits. */
export const PEM_REACH = 44 * 1024;

/** Letters of base64 that belong together, over the breaks that only wrap them. */
export interface EncodedRun {
  readonly start: number;
  readonly end: number;
  /** Where the first whole group of four begins. */
  readonly from: number;
  /** What is encoded from there on. */
  readonly decoded: Uint8Array;
}

/** The run around an anchor. */
export function runAround(site: Site): EncodedRun {
  let start = site.at;
  while (start > site.start && BASE64.has[site.bytes[start - 1] ?? 0] === 1) start--;
  const place = PLACE_IN_GROUP.get(latin1(site.bytes, site.at, site.at + site.length)) ?? 0;
  return runFrom(site, start, start + ((((site.at - start - place) % 4) + 4) % 4));
}

/** The run that begins at `start`, of which the letters from `from` on are decoded. */
export function runFrom(site: Site, start: number, from: number): EncodedRun {
  const lines: string[] = [];
  let line = from;
  let end = lettersEnd(site, from);
  for (let width = wrapAt(site, start, end); width > 0; width = wrapAt(site, line, end)) {
    lines.push(latin1(site.bytes, line, end));
    line = end + width;
    end = lettersEnd(site, line);
  }
  lines.push(latin1(site.bytes, line, end));
  const padded = Math.min(site.end, end + 2);
  while (end < padded && site.bytes[end] === EQUALS) end++;
  return { start, end, from, decoded: Buffer.from(lines.join(''), 'base64') };
}

function lettersEnd({ bytes, end }: Site, from: number): number {
  let at = from;
  while (at < end && BASE64.has[bytes[at] ?? 0] === 1) at++;
  return at;
}

/** Letters ahead of a break that only wraps the text; tools break lines at 64 or 76. */
const SHORTEST_LINE = 60;
const EQUALS = 0x3d;

/**
 * Bytes of the break at `at`, with the blanks or quotes around it, where the letters of a line that began at `line` go on
 * behind it and make up a line of their own; else 0.
 */
function wrapAt(site: Site, line: number, at: number): number {
  const { bytes, end } = site;
  if (at - line < SHORTEST_LINE) return 0;
  const width = WRAP.exec(latin1(bytes, at, Math.min(end, at + LONGEST_WRAP)))?.[0].length ?? 0;
  if (width === 0) return 0;
  const next = lettersEnd(site, at + width);
  return next > at + width && (next === end || LINE_ENDS.has(bytes[next] ?? 0)) ? width : 0;
}

/** A break, written as one or as an escape, then an indentation; or the end of one string and the begin of the next. */
const WRAP =
  /^(?:\r?\n[ \t]{0,48}|(?:\\{1,4}r)?\\{1,4}n|(?:\\n)?["'][ \t]{0,4}[+.\\]?[ \t]{0,4}\r?\n[ \t]{0,48}(?:\+ {0,2})?["'])/;
const LONGEST_WRAP = 120;
const LINE_ENDS = new Set([...'\r\n"\'\\=<'].map((letter) => letter.charCodeAt(0)));
