import { BASE64, HEX_ANY } from '../shapes/char-set.ts';
import { latin1 } from '../shapes/latin1.ts';

/** A PEM block (RFC 7468) as it stands in a text: in lines, indented, commented out, quoted, or on one line with escapes. */
export interface PemBlock {
  /** Between `BEGIN ` and the dashes. */
  readonly label: string;
  /** The base64 text without breaks, escapes and padding. */
  readonly body: string;
  /** Headers say that the body is encrypted (RFC 1421): `Proc-Type: 4,ENCRYPTED`. */
  readonly dekInfo?: string;
  /** Letters of the body that stand together: the lines of a key are long, words between dashes are not. */
  readonly longestLine: number;
  /** The closing line is missing: the file, the text or whoever copied it ended before. */
  readonly cut?: true;
  /** Just after the closing line, or after the last letter of a block that is cut. */
  readonly end: number;
}

/** The first line of a block and its headers. */
export interface PemOpening {
  readonly label: string;
  readonly dekInfo?: string;
  /** Where the body begins. */
  readonly at: number;
}

/** Bytes of a first or last line, its blanks written as `%20` or `+` where a URL holds it. */
const LINE_BYTES = 80;
const HEADER_BYTES = 600;
const FIRST_HEADER_BYTES = 40;

/** Reads what comes ahead of the body. */
export function readPemOpening(bytes: Uint8Array, at: number, end: number): PemOpening | undefined {
  const line = /^-{4,5} ?BEGIN(?: |%20|\+)([A-Z0-9 %+]{3,60}?)(?: |%20|\+)?-{4,5}/.exec(
    latin1(bytes, at, Math.min(end, at + LINE_BYTES)),
  );
  if (line?.[1] === undefined) return undefined;
  return { label: line[1].replaceAll(/%20|\+/g, ' '), ...readHeaders(bytes, at + line[0].length, end) };
}

/** Just after the closing line that begins at `at`; undefined where none does. */
export function pemClosingEnd(bytes: Uint8Array, at: number, end: number): number | undefined {
  const line = /^-{4,6} ?END(?: |%20|\+)[A-Z0-9 %+]{3,60}?(?: |%20|\+)?-{4,5}/.exec(
    latin1(bytes, at, Math.min(end, at + LINE_BYTES)),
  );
  return line === null ? undefined : at + line[0].length;
}

/** The block that begins at `at` with its dashes, or undefined where it is cut off or holds what no base64 text holds. */
export function readPemBlock(bytes: Uint8Array, at: number, end: number): PemBlock | undefined {
  const opening = readPemOpening(bytes, at, end);
  if (opening === undefined) return undefined;
  const mark = /(\/{2,4})\s?$/.exec(latin1(bytes, Math.max(0, at - 5), at))?.[1] ?? '';
  const body = readBody(bytes, opening.at, end, mark.length);
  const closed = body === undefined ? undefined : pemClosingEnd(bytes, body.at, end);
  if (body === undefined || closed === undefined) return undefined;
  const { at: _at, ...block } = opening;
  return { ...block, body: body.text, longestLine: body.longestLine, end: closed };
}

/** Skips RFC 1421 and RFC 4880 headers; they end where the last known header's value does. */
function readHeaders(bytes: Uint8Array, at: number, end: number): { at: number; dekInfo?: string } {
  if (!latin1(bytes, at, Math.min(end, at + FIRST_HEADER_BYTES)).includes(': ')) return { at };
  const text = latin1(bytes, at, Math.min(end, at + HEADER_BYTES));
  const dek = /DEK-Info:\s?([A-Z0-9-]{3,32},[0-9A-Fa-f]{8,64})/.exec(text);
  if (dek?.[1] !== undefined && text.includes('ENCRYPTED'))
    return { at: at + dek.index + dek[0].length, dekInfo: dek[1] };
  const lines = /^(?:\s|\\n|\\r){0,16}(?:[A-Z][A-Za-z-]{2,24}: [^\r\n\\]{0,120}(?:\r?\n|\\n)){1,16}/.exec(text);
  return { at: at + (lines?.[0].length ?? 0) };
}

/**
 * The base64 letters up to the closing dashes; undefined where anything else is in between. Every line of a comment
 * begins with as many slashes as its first one; one more of them is a letter.
 */
function readBody(
  bytes: Uint8Array,
  from: number,
  end: number,
  commentSlashes: number,
): { text: string; longestLine: number; at: number } | undefined {
  const letters: number[] = [];
  let longestLine = 0;
  let line = 0;
  let at = from;
  let slashes = commentSlashes;
  while (at < end) {
    const byte = bytes[at] ?? 0;
    if (byte === DASH && bytes[at + 1] === DASH)
      return { text: Buffer.from(letters).toString('latin1'), longestLine, at };
    if (slashes > 0 && byte === SLASH) {
      slashes--;
      at++;
      continue;
    }
    if (BASE64.has[byte] === 1 && !joinsStrings(bytes, at)) {
      letters.push(byte);
      longestLine = Math.max(longestLine, ++line);
      slashes = 0;
      at++;
      continue;
    }
    const width = filler(bytes, at, end);
    if (width === 0) return undefined;
    line = 0;
    if (byte === LINE_FEED) slashes = commentSlashes;
    at += width;
  }
  return undefined;
}

/** Whether a plus sign joins the strings of a source text: it stands between quotes, blanks and line breaks. */
function joinsStrings(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === PLUS && AROUND_JOIN.has(bytes[at - 1] ?? 0) && AROUND_JOIN.has(bytes[at + 1] ?? 0);
}

/** Bytes of a line break, escape, quote, comment mark or padding at `at`; 0 where it is none of them. */
function filler(bytes: Uint8Array, at: number, end: number): number {
  const byte = bytes[at] ?? 0;
  if (byte === BACKSLASH) return escapeWidth(bytes, at, end);
  if (byte === PERCENT) return HEX_ANY.has[bytes[at + 1] ?? 0] === 1 && HEX_ANY.has[bytes[at + 2] ?? 0] === 1 ? 3 : 0;
  if (byte === AMPERSAND)
    return latin1(bytes, at, Math.min(end, at + 5)) === '&#10;' || latin1(bytes, at, Math.min(end, at + 5)) === '&#13;'
      ? 5
      : 0;
  return FILLERS.has(byte) ? 1 : 0;
}

function escapeWidth(bytes: Uint8Array, at: number, end: number): number {
  let to = at;
  while (to < end && bytes[to] === BACKSLASH) to++;
  const kind = String.fromCharCode(bytes[to] ?? 0);
  if (kind === 'n' || kind === 'r' || kind === 't') return to + 1 - at;
  if (kind === 'x') return to + 3 - at;
  return kind === 'u' ? to + 5 - at : to - at;
}

const DASH = 0x2d;
const PLUS = 0x2b;
const AROUND_JOIN = new Set([...' \t\r\n"\''].map((letter) => letter.charCodeAt(0)));
const SLASH = 0x2f;
const BACKSLASH = 0x5c;
const PERCENT = 0x25;
const AMPERSAND = 0x26;
const LINE_FEED = 0x0a;
const FILLERS = new Set([...' \t\r\n"\'+=,#*>|;:.()`-'].map((letter) => letter.charCodeAt(0)));
