import { BASE64, HEX_ANY } from '../shapes/char-set.ts';
import { latin1 } from '../shapes/latin1.ts';
import { type PemBlock, pemClosingEnd, readPemOpening } from './pem-block.ts';

/**
 * A PEM block whose lines stand among other text: numbered, logged, marked up, joined by the operators and constants of
 * a programming language, with letters escaped, with parts left out, or without its closing line. Only the long runs of
 * base64 count, and the short one that ends the body; linear, up to the next dashes.
 */
export function readPemRuns(bytes: Uint8Array, at: number, end: number): PemBlock | undefined {
  const opening = readPemOpening(bytes, at, end);
  if (opening === undefined) return undefined;
  const dashes = dashesFrom(bytes, opening.at, end);
  const closed = pemClosingEnd(bytes, dashes, end);
  const { runs, last, end: lastEnd } = readRuns(bytes, opening.at, dashes, closed === undefined);
  const lines = withoutMark(runs);
  const { at: _at, ...block } = opening;
  return {
    ...block,
    body: lines.join('') + (closed === undefined ? '' : last),
    longestLine: lines.reduce((longest, line) => Math.max(longest, line.length), 0),
    ...(closed === undefined ? { cut: true as const, end: lastEnd } : { end: closed }),
  };
}

/** Where the next four dashes begin, at most `end`. */
function dashesFrom(bytes: Uint8Array, from: number, end: number): number {
  let dashes = 0;
  for (let at = from; at < end; at++) {
    dashes = bytes[at] === DASH ? dashes + 1 : 0;
    if (dashes === CLOSING_DASHES) return at + 1 - dashes;
  }
  return end;
}

const DASH = 0x2d;
const CLOSING_DASHES = 4;

interface Runs {
  readonly runs: readonly string[];
  /** The short run after them that seems to end the body. */
  readonly last: string;
  /** Just after the last long run. */
  readonly end: number;
}

/** Letters of base64 that stand together; fewer are a word, a number or a mark. */
const SHORTEST_RUN = 16;
/** Bytes between two lines of a block of which nobody knows where it ends. */
const LONGEST_GAP = 64;

function readRuns(bytes: Uint8Array, from: number, end: number, cut: boolean): Runs {
  const runs: string[] = [];
  let letters: number[] = [];
  let last = '';
  let lastEnd = from;
  const close = (at: number, padded: boolean) => {
    if (letters.length >= SHORTEST_RUN) {
      runs.push(Buffer.from(letters).toString('latin1'));
      last = '';
      lastEnd = at;
    } else if (letters.length > 0) last = surerEnd(last, Buffer.from(letters).toString('latin1'), padded);
    letters = [];
  };
  let at = from;
  while (at < end && !(cut && letters.length === 0 && at - lastEnd > LONGEST_GAP)) {
    const { code, width } = readSign(bytes, at, end);
    if (BASE64.has[code] === 1) letters.push(code);
    else close(at, code === EQUALS);
    at += width;
  }
  close(Math.min(at, end), false);
  return { runs, last: last.replace(PADDED, ''), end: lastEnd };
}

/** Of two short runs the one before padding, else the longer. */
function surerEnd(known: string, next: string, padded: boolean): string {
  if (padded) return next + PADDED;
  return known.endsWith(PADDED) || known.length >= next.length ? known : next;
}

const PADDED = '=';
const EQUALS = 0x3d;

/** The lines of an added file in a patch begin with a plus sign each. */
function withoutMark(runs: readonly string[]): readonly string[] {
  const marked = runs.length > 1 && runs.every((run) => run.startsWith('+'));
  return marked ? runs.map((run) => run.slice(1)) : runs;
}

interface Sign {
  readonly code: number;
  readonly width: number;
}

/** The sign at `at`, its escape undone: `\\n`, `\\u002B`, `\\x2B`, `\\012`, `%2B`, `&#43;`, `&#x2B;`. */
function readSign(bytes: Uint8Array, at: number, end: number): Sign {
  const byte = bytes[at] ?? 0;
  if (byte === BACKSLASH) return readEscape(bytes, at, end);
  if (byte === PERCENT && HEX_ANY.has[bytes[at + 1] ?? 0] === 1 && HEX_ANY.has[bytes[at + 2] ?? 0] === 1)
    return { code: Number.parseInt(latin1(bytes, at + 1, at + 3), 16), width: 3 };
  if (byte === AMPERSAND) {
    const [entity, hex, decimal] =
      /^&#(?:[xX]([0-9A-Fa-f]{1,4})|([0-9]{1,4}));/.exec(latin1(bytes, at, Math.min(end, at + LONGEST_ENTITY))) ?? [];
    if (entity !== undefined)
      return { code: hex === undefined ? Number(decimal) : Number.parseInt(hex, 16), width: entity.length };
  }
  return { code: byte, width: 1 };
}

function readEscape(bytes: Uint8Array, at: number, end: number): Sign {
  let to = at;
  while (to < end && bytes[to] === BACKSLASH) to++;
  const rest = latin1(bytes, to, Math.min(end, to + LONGEST_ESCAPE));
  const [sign = '', unicode, hex, octal] =
    /^(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|([01][0-7]{2})|[nrt/])/.exec(rest) ?? [];
  const width = to - at + sign.length;
  if (octal !== undefined) return { code: Number.parseInt(octal, 8), width };
  const code = unicode ?? hex;
  if (code !== undefined) return { code: Number.parseInt(code, 16), width };
  return { code: sign === '/' ? SLASH : LINE_FEED, width };
}

const LONGEST_ENTITY = 8;
const LONGEST_ESCAPE = 5;
const LINE_FEED = 0x0a;
const SLASH = 0x2f;
const PERCENT = 0x25;
const AMPERSAND = 0x26;
const BACKSLASH = 0x5c;
