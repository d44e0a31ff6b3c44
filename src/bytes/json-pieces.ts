/** Where a value lies in a document: from its first byte to behind its last one. */
export interface JsonSpan {
  readonly start: number;
  readonly end: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const BRACE = 0x7b;
const BRACKET = 0x5b;

/** The fields of an object, and the byte behind it and the white space after it. */
export interface JsonFields {
  readonly fields: ReadonlyMap<string, JsonSpan>;
  readonly end: number;
}

/** Documents have twenty; an object of more is data. */
const MAX_FIELDS = 1000;

/**
 * Where the fields of the object at `start` lie (of a name given twice the last one, as JSON.parse does), to be parsed one by
 * one. Undefined where there is no object, or one that is cut off, nests deeper than `depth` or has more than a thousand fields;
 * what lies within its values is not looked at.
 */
export function jsonFields(bytes: Uint8Array, start: number, depth: number): JsonFields | undefined {
  const fields = new Map<string, JsonSpan>();
  let at = skipSpace(bytes, start);
  if (bytes[at] !== BRACE) return undefined;
  at = skipSpace(bytes, at + 1);
  if (bytes[at] === BRACE + 2) return { fields, end: skipSpace(bytes, at + 1) };
  while (fields.size < MAX_FIELDS) {
    const nameEnd = bytes[at] === QUOTE ? skipText(bytes, at) : -1;
    const name = nameEnd < 0 ? undefined : jsonPiece(bytes, { start: at, end: nameEnd });
    const colon = skipSpace(bytes, nameEnd);
    if (typeof name !== 'string' || bytes[colon] !== COLON) return undefined;
    const value = skipSpace(bytes, colon + 1);
    const end = skipValue(bytes, value, depth - 1);
    if (end < 0) return undefined;
    fields.set(name, { start: value, end });
    at = skipSpace(bytes, end);
    if (bytes[at] === BRACE + 2) return { fields, end: skipSpace(bytes, at + 1) };
    if (bytes[at] !== COMMA) return undefined;
    at = skipSpace(bytes, at + 1);
  }
  return undefined;
}

/** How many values a span holds at most: one, and one for each opening bracket and comma. */
export function jsonValues(bytes: Uint8Array, { start, end }: JsonSpan): number {
  let count = 1;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) at = skipText(bytes, at) - 1;
    else if (byte === COMMA || byte === BRACE || byte === BRACKET) count += 1;
    if (at < 0) break;
  }
  return count;
}

/** The items of the list of a span; none where it is no list. They end where the list is malformed. */
export function* jsonItems(bytes: Uint8Array, list: JsonSpan): Generator<JsonSpan> {
  if (bytes[list.start] !== BRACKET) return;
  for (let at = skipSpace(bytes, list.start + 1); at < list.end && bytes[at] !== BRACKET + 2; ) {
    const end = skipValue(bytes, at, Number.POSITIVE_INFINITY);
    if (end < 0) return;
    yield { start: at, end };
    at = skipSpace(bytes, end);
    if (bytes[at] !== COMMA) return;
    at = skipSpace(bytes, at + 1);
  }
}

/** The value of a span, with this text before it; undefined where it is malformed. */
export function jsonPiece(bytes: Uint8Array, { start, end }: JsonSpan, before = ''): unknown {
  try {
    return JSON.parse(before + decoder.decode(bytes.subarray(start, end)));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function skipSpace(bytes: Uint8Array, start: number): number {
  let at = start;
  while (isSpace(bytes[at])) at += 1;
  return at;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** Behind the closing quote of a text; -1 where there is none. */
function skipText(bytes: Uint8Array, start: number): number {
  for (let at = start + 1; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) return at + 1;
    if (byte === BACKSLASH) at += 1;
  }
  return -1;
}

/** Behind the value; -1 where it is cut off, empty or too deep. */
function skipValue(bytes: Uint8Array, start: number, depth: number): number {
  let open = 0;
  let at = start;
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      at = skipText(bytes, at) - 1;
      if (at < 0) return -1;
    } else if (byte === BRACE || byte === BRACKET) {
      open += 1;
      if (open > depth) return -1;
      continue;
    } else if (byte === BRACE + 2 || byte === BRACKET + 2) {
      if (open === 0) break;
      open -= 1;
    } else if (open > 0) continue;
    else if (byte === COMMA || isSpace(byte)) break;
    else continue;
    if (open === 0) return at + 1;
  }
  return open > 0 || at === start ? -1 : at;
}
