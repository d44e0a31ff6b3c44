import { ALPHA, charSet, DIGIT } from './shapes/char-set.ts';
import { latin1 } from './shapes/latin1.ts';

/** `name = value` as one of the ways in which configuration, scripts and source texts write it. */
export interface Assignment {
  /** Where the whole name lies around the word that was found: `spring.datasource.password`. */
  readonly nameStart: number;
  readonly nameEnd: number;
  /** Where the value lies. */
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
  /** What stands between name and value, blanks left out: `=`, `:`, `=>`, `,`, `>`, `(`; empty for blanks alone. */
  readonly separator: string;
}

/** Bytes that `assignmentAt` looks at. */
export const ASSIGNMENT_BEFORE = 64;
export const ASSIGNMENT_AFTER = 400;

/** Reads the assignment whose name holds the word at `at`, which may end with what follows a name; linear, within one line. */
export function assignmentAt(
  bytes: Uint8Array,
  range: { readonly start: number; readonly end: number },
  at: number,
  wordLength: number,
): Assignment | undefined {
  let wordEnd = at + wordLength;
  while (wordEnd > at + 1 && NAME.has[bytes[wordEnd - 1] ?? 0] !== 1) wordEnd--;
  const end = Math.min(range.end, at + ASSIGNMENT_AFTER);
  const nameEnd = skip(bytes, wordEnd, Math.min(end, wordEnd + LONGEST_NAME), NAME.has);
  if (nameEnd >= Math.min(end, wordEnd + LONGEST_NAME) || AFTER_NAME.has[bytes[nameEnd] ?? 0] !== 1) return undefined;
  if (bytes[nameEnd] === BRACKET && QUOTES[bytes[nameEnd + 1] ?? 0] !== 1) return undefined;
  const separator = apartAt(bytes, nameEnd, end) ?? separatorAt(bytes, nameEnd, end);
  if (separator === undefined) return undefined;
  const value = valueAt(bytes, separator, end);
  if (value === undefined) return undefined;
  const begin = Math.max(range.start, at - ASSIGNMENT_BEFORE);
  let nameStart = at;
  while (nameStart > begin && NAME.has[bytes[nameStart - 1] ?? 0] === 1) nameStart--;
  return { nameStart, nameEnd, ...value, separator: separator.mark };
}

/** Bytes of a name after its word. */
const LONGEST_NAME = 48;
const NAME = charSet('name', '0-9A-Za-z_.$-');
const AFTER_NAME = charSet('after a name', '"\'`\\)( \t\r\n:=,<>?|!][}&-');
const CLOSERS = charSet('closer', '"\'`\\])}').has;
const BLANKS = charSet('blank', ' \t').has;

function skip(bytes: Uint8Array, from: number, end: number, set: Uint8Array): number {
  let at = from;
  while (at < end && set[bytes[at] ?? 0] === 1) at++;
  return at;
}

interface Separator {
  readonly mark: string;
  /** Where the value begins, or the quote before it. */
  readonly at: number;
}

/**
 * The sign ahead of a value that a word of its own announces after the name: `{"name": "X", "value": "…"}`,
 * `- name: X` with `value: …` below, `<add key="X" value="…"/>`, `<name>X</name><value>…`, `"X": {"value": "…"}`,
 * `variable "X" { default = "…" }`.
 */
function apartAt(bytes: Uint8Array, from: number, limit: number): Separator | undefined {
  const end = Math.min(limit, from + LONGEST_GAP);
  const quoted = CLOSERS[bytes[from] ?? 0] === 1;
  const form = announcedForm(bytes, skip(bytes, quoted ? from + 1 : from, end, WHITE), end, quoted);
  const announced = form?.exec(latin1(bytes, from, end));
  if (announced === undefined || announced === null) return undefined;
  return { mark: announced[0].endsWith('>') ? '>' : ':', at: from + announced[0].length };
}

const LONGEST_GAP = 240;
const WHITE = charSet('white space', ' \t\r\n').has;

/** How the value may be announced, by the first byte behind the name: most names have their value right there. */
function announcedForm(bytes: Uint8Array, at: number, end: number, quoted: boolean): RegExp | undefined {
  const first = bytes[at];
  if (first === ANGLE) return bytes[at + 1] === SLASH ? IN_ELEMENTS : undefined;
  if (!quoted) return isAnnouncing(bytes, at) ? LISTED : undefined;
  if (first === BRACE) return NESTED;
  if (first === COLON) return bytes[skip(bytes, at + 1, end, BLANKS)] === BRACE ? NESTED : undefined;
  if (first === COMMA) {
    const word = skip(bytes, at + 1, end, WHITE);
    return isAnnouncing(bytes, QUOTES[bytes[word] ?? 0] === 1 ? word + 1 : word) ? LISTED : undefined;
  }
  if (isAnnouncing(bytes, at)) return LISTED;
  return first === ANGLE_CLOSE || first === LETTER_S ? IN_ELEMENTS : undefined;
}

/** Whether `value` or `ParameterValue` seems to begin there. */
function isAnnouncing(bytes: Uint8Array, at: number): boolean {
  const first = (bytes[at] ?? 0) | CASE;
  if (first !== LETTER_V && first !== LETTER_P) return false;
  const third = (bytes[at + 2] ?? 0) | CASE;
  return third === (first === LETTER_V ? LETTER_L : LETTER_R);
}

const LISTED = /^["']?\s{0,64},?\s{0,64}["']?(?:parameter)?value["']?\s{0,4}[:=][ \t]{0,4}/i;
const NESTED = /^["']?\s{0,4}:?\s{0,4}\{[^{}]{0,200}?["'\s](?:default|value)["']?\s{0,8}[:=][ \t]{0,4}/;
const IN_ELEMENTS =
  /^(?:<\/(?:name|key)>|["'](?:\s[\w:]{1,32}=["'][^"'<>]{0,64}["'])?\s{0,4}>)\s{0,64}<(?:value|string)>/i;

/** The sign between name and value; the name may be quoted, an array key, typed, a call's first argument or the call. */
function separatorAt(bytes: Uint8Array, from: number, end: number): Separator | undefined {
  if (bytes[from] === BRACKET) return { mark: '(', at: from + 1 };
  const named = bytes[from] === SQUARE ? afterDimension(bytes, from, end) : afterEntity(bytes, from, end);
  let at = skip(bytes, skip(bytes, named, end, CLOSERS), end, BLANKS);
  if (bytes[at] === COLON) at = afterType(bytes, at, end);
  else if (bytes[at] === LETTER_A) at = afterBasicType(bytes, at, end);
  if (at === end) return at === from ? undefined : { mark: '', at };
  const mark = signAt(bytes, at, end);
  if (mark === '' && at === from) return undefined;
  return { mark, at: skip(bytes, at + mark.length, end, BLANKS) };
}

/** Where the type of a declaration ends (`: &'static str =`, `: string =`); where it begins when it is none. */
function afterType(bytes: Uint8Array, from: number, end: number): number {
  const to = Math.min(end, from + LONGEST_TYPE);
  const lead = bytes[from + 1] === SPACE ? from + 2 : from + 1;
  const reference = bytes[lead] === AMPERSAND ? lead + 1 : lead;
  const begin = bytes[reference] === SINGLE_QUOTE ? reference + 1 : reference;
  const word = skip(bytes, begin, to, ALPHA.has);
  const after = word < to && bytes[word] === SPACE ? word + 1 : word;
  return word > begin && after < to && bytes[after] === EQUALS ? after : from;
}

const LONGEST_TYPE = 24;

/** Where an array's dimension ends: `char token[] =`, `char token[64] =`. */
function afterDimension(bytes: Uint8Array, from: number, end: number): number {
  const at = skip(bytes, from + 1, Math.min(end, from + 6), DIGIT.has);
  return bytes[at] === SQUARE_CLOSE ? at + 1 : from;
}

/** Where `As String` ends, or where it would begin. */
function afterBasicType(bytes: Uint8Array, from: number, end: number): number {
  const type = /^As [A-Z][a-z]{2,12} (?==)/.exec(latin1(bytes, from, Math.min(end, from + LONGEST_TYPE)));
  return from + (type?.[0].length ?? 0);
}

/** Where a quote ends that HTML writes as an entity, or where it would begin. */
function afterEntity(bytes: Uint8Array, from: number, end: number): number {
  if (bytes[from] !== AMPERSAND) return from;
  return from + (ENTITY_QUOTE.exec(latin1(bytes, from, Math.min(end, from + 6)))?.[0].length ?? 0);
}

const ENTITY_QUOTE = /^&(?:quot|apos|#3[49]|#x2[27]);/i;

/** Longer ones first. */
const SIGNS = [':=', ':-', '=>', '->', '?=', '?:', '??', '||=', '||', '===', '==', '!==', '!=', '=', ':', ',', '>'];
const SIGNS_BY_BYTE = Array.from({ length: 128 }, (_, byte) =>
  SIGNS.filter((sign) => sign.charCodeAt(0) === byte).map((sign) => ({
    sign,
    second: sign.length > 1 ? sign.charCodeAt(1) : -1,
    third: sign.length > 2 ? sign.charCodeAt(2) : -1,
  })),
);

function signAt(bytes: Uint8Array, at: number, end: number): string {
  const second = at + 1 < end ? bytes[at + 1] : undefined;
  const third = at + 2 < end ? bytes[at + 2] : undefined;
  for (const sign of SIGNS_BY_BYTE[bytes[at] ?? 0] ?? []) {
    if ((sign.second < 0 || sign.second === second) && (sign.third < 0 || sign.third === third)) return sign.sign;
  }
  return '';
}

type Value = Pick<Assignment, 'start' | 'end' | 'quoted'>;

function valueAt(bytes: Uint8Array, { at, mark }: Separator, limit: number): Value | undefined {
  const entity = bytes[at] === AMPERSAND ? afterEntity(bytes, at, limit) : at;
  if (entity > at) return entityValue(bytes, entity, limit);
  const quote = quoteAt(bytes, at, limit);
  if (quote !== undefined) return quotedValue(bytes, quote, limit);
  if (!BEFORE_BARE_VALUES.has(mark)) return undefined;
  const stops = mark === '>' ? ELEMENT_ENDS : VALUE_ENDS;
  let end = at;
  while (end < limit && stops[bytes[end] ?? 0] !== 1) end++;
  if (end === limit && end - at >= LONGEST_BARE) return undefined;
  while (end > at && TRAILING[bytes[end - 1] ?? 0] === 1) end--;
  return { start: at, end, quoted: false };
}

/** The value up to the quote that an entity stands for. */
function entityValue(bytes: Uint8Array, start: number, limit: number): Value | undefined {
  let end = start;
  while (end < limit && bytes[end] !== AMPERSAND && bytes[end] !== LINE_FEED) end++;
  return end < limit && afterEntity(bytes, end, limit) > end ? { start, end, quoted: true } : undefined;
}

const BEFORE_BARE_VALUES: ReadonlySet<string> = new Set(['>', '=', ':', '', ':=', '?=', ':-']);
const LONGEST_BARE = 300;
/** JavaScript's white space in Latin-1. */
const VALUE_ENDS = charSet('end of a value', ' \t\n\u000b\f\r\u00a0"\'<>').has;
const ELEMENT_ENDS = charSet('end of an element', '<\r\n').has;
const TRAILING = charSet('punctuation after a value', ',;)]}').has;

interface Quote {
  readonly byte: number;
  readonly escaped: boolean;
  /** Where the value begins. */
  readonly at: number;
}

/** A quote, escaped or not, after at most a string prefix (`rb"`), `$`, `@` or a bracket. */
function quoteAt(bytes: Uint8Array, from: number, end: number): Quote | undefined {
  const first = bytes[from] ?? 0;
  let at = from;
  if (ALPHA.has[first] === 1) at = skip(bytes, from, Math.min(end, from + 2), ALPHA.has);
  else if (first === DOLLAR || first === AT || first === BRACKET) at++;
  else if (first === ANGLE && bytes[from + 1] === ANGLE) at += 2;
  const escaped = bytes[at] === BACKSLASH;
  if (escaped) at++;
  const byte = bytes[at] ?? 0;
  return at < end && QUOTES[byte] === 1 ? { byte, escaped, at: at + 1 } : undefined;
}

function quotedValue(bytes: Uint8Array, { byte, escaped, at }: Quote, limit: number): Value | undefined {
  for (let end = at; end < limit; end++) {
    if (bytes[end] === LINE_FEED) return undefined;
    if (bytes[end] !== byte) continue;
    if (!escaped) return { start: at, end, quoted: true };
    if (end > at && bytes[end - 1] === BACKSLASH) return { start: at, end: end - 1, quoted: true };
  }
  return undefined;
}

/** The whole name of an assignment. */
export function assignedName(bytes: Uint8Array, { nameStart, nameEnd }: Assignment): string {
  return latin1(bytes, nameStart, nameEnd);
}

/** The value of an assignment. */
export function assignedValue(bytes: Uint8Array, { start, end }: Assignment): string {
  return latin1(bytes, start, end);
}

/** Whether the name is a part of an ARN or URN (`…:secret:shop`), or says what a digest was made of (`checksum/secret`). */
export function isWithinPath(
  bytes: Uint8Array,
  range: { readonly start: number },
  { nameStart, separator }: Assignment,
): boolean {
  if (separator !== ':' || nameStart <= range.start) return false;
  const before = bytes[nameStart - 1];
  return (
    before === COLON ||
    (before === SLASH && /(?:sum|hash)\/$/.test(latin1(bytes, Math.max(range.start, nameStart - 9), nameStart)))
  );
}

const QUOTES = charSet('quote', '"\'`').has;
const LINE_FEED = 0x0a;
const SPACE = 0x20;
const DOLLAR = 0x24;
const AMPERSAND = 0x26;
const SINGLE_QUOTE = 0x27;
const BRACKET = 0x28;
const COMMA = 0x2c;
const SLASH = 0x2f;
const COLON = 0x3a;
const ANGLE = 0x3c;
const EQUALS = 0x3d;
const ANGLE_CLOSE = 0x3e;
const AT = 0x40;
const LETTER_A = 0x41;
const SQUARE = 0x5b;
const SQUARE_CLOSE = 0x5d;
const BACKSLASH = 0x5c;
const CASE = 0x20;
const LETTER_L = 0x6c;
const LETTER_P = 0x70;
const LETTER_R = 0x72;
const LETTER_S = 0x73;
const LETTER_V = 0x76;
const BRACE = 0x7b;
