import { charSet } from './shapes/char-set.ts';
import { latin1 } from './shapes/latin1.ts';

/** `name = value` as one of the ways in which configuration, scripts and source texts write it. */
export interface Assignment {
  /** The whole name around the word that was found: `spring.datasource.password`. */
  readonly name: string;
  readonly value: string;
  /** Where the value lies. */
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
  /** What stands between name and value, blanks left out: `=`, `:`, `=>`, `,`, `>`; empty for blanks alone. */
  readonly separator: string;
}

/** Bytes that `assignmentAt` looks at. */
export const ASSIGNMENT_BEFORE = 64;
export const ASSIGNMENT_AFTER = 400;

/** Reads the assignment whose name holds the word at `at`, which may end with what follows a name; linear, within one line. */
export function assignmentAt(
  bytes: Uint8Array,
  range: { start: number; end: number },
  at: number,
  wordLength: number,
): Assignment | undefined {
  let length = wordLength;
  while (length > 1 && NAME_BYTES.has[bytes[at + length - 1] ?? 0] !== 1) length--;
  if (!mayAssign(bytes, at + length, Math.min(range.end, at + length + LONGEST_NAME))) return undefined;
  const begin = Math.max(range.start, at - ASSIGNMENT_BEFORE);
  const text = latin1(bytes, begin, Math.min(range.end, at + ASSIGNMENT_AFTER));
  const word = at - begin;
  let nameEnd = word + length;
  while (NAME.test(text.charAt(nameEnd))) nameEnd++;
  let nameStart = word;
  while (nameStart > 0 && NAME.test(text.charAt(nameStart - 1))) nameStart--;
  const name = text.slice(nameStart, nameEnd);
  const separator = separatorAt(text, nameEnd);
  if (separator === undefined) return undefined;
  const value = valueAt(text, separator);
  if (value === undefined) return undefined;
  return {
    name,
    value: value.value,
    start: begin + value.start,
    end: begin + value.start + value.value.length,
    quoted: value.quoted,
    separator: separator.mark,
  };
}

/** Bytes of a name after its word. */
const LONGEST_NAME = 48;
const NAME_BYTES = charSet('name', '0-9A-Za-z_.$-');
const AFTER_NAME = charSet('after a name', '"\'`\\)] \t:=,>?|!-');

/** A quick look at the bytes: the name ends soon, and what follows can stand before a value. */
function mayAssign(bytes: Uint8Array, from: number, end: number): boolean {
  let at = from;
  while (at < end && NAME_BYTES.has[bytes[at] ?? 0] === 1) at++;
  return at < end && AFTER_NAME.has[bytes[at] ?? 0] === 1;
}

interface Separator {
  readonly mark: string;
  readonly at: number;
}

const NAME = /[A-Za-z0-9_.$-]/;

/** The sign between name and value; the name may be quoted, an array key, typed, or a call's first argument. */
function separatorAt(text: string, from: number): Separator | undefined {
  let at = skip(text, from, CLOSERS);
  at = skip(text, at, BLANKS);
  const typed = /^(?:: ?(?:&?'?[a-zA-Z]+) ?)(?==)/.exec(text.slice(at, at + 24));
  if (typed !== null) at += typed[0].length;
  const sign = /^(?::=|=>|->|\?=|\|\|=|===?|!==?|=|:|,|>)/.exec(text.slice(at, at + 3));
  const mark = sign?.[0] ?? '';
  if (mark === '' && at === from) return undefined;
  return { mark, at: skip(text, at + mark.length, BLANKS) };
}

const CLOSERS = new Set(['"', "'", ']', '`', '\\', ')']);
const BLANKS = new Set([' ', '\t']);

function skip(text: string, from: number, set: ReadonlySet<string>): number {
  let at = from;
  while (at < text.length && set.has(text.charAt(at))) at++;
  return at;
}

function valueAt(text: string, { at, mark }: Separator): { value: string; start: number; quoted: boolean } | undefined {
  const opening = /^(?:[a-zA-Z]{0,2}|\$|@|\()?(\\?["'`])/.exec(text.slice(at, at + 6));
  const quote = opening?.[1];
  if (quote !== undefined && opening !== null) return quotedValue(text, at + opening[0].length, quote);
  const start = mark === '>' || mark === '=' || mark === ':' || mark === '' || mark === ':=' || mark === '?=' ? at : -1;
  if (start < 0) return undefined;
  const stop = mark === '>' ? /[<\r\n]/ : /[\s"'<>]/;
  let end = start;
  while (end < text.length && !stop.test(text.charAt(end))) end++;
  if (end === text.length && end - start >= 300) return undefined;
  return { value: text.slice(start, end).replace(/[,;)\]}]{1,255}$/, ''), start, quoted: false };
}

function quotedValue(
  text: string,
  start: number,
  quote: string,
): { value: string; start: number; quoted: boolean } | undefined {
  const end = text.indexOf(quote, start);
  const lineEnd = text.indexOf('\n', start);
  if (end < 0 || (lineEnd >= 0 && lineEnd < end)) return undefined;
  return { value: text.slice(start, end), start, quoted: true };
}
