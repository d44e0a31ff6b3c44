/** An object of a parsed JSON document; its values are not looked at yet. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/**
 * A JSON document, a byte order mark before it allowed; undefined where it is none, nests deeper than `depth` or holds more
 * values than that: three million take 200 MB and more, a million names that are all different 300 MB. What this program wrote
 * itself may hold any number. Callers report what they lose by it.
 */
export function parseJson(text: string, depth: number, values: number = MAX_VALUES): unknown {
  const document = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  if (isBeyond(document, depth, values)) return undefined;
  try {
    return JSON.parse(document);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const MAX_VALUES = 1_000_000;
/** Different names of fields: lock files list tens of thousands of packages by name. */
const MAX_NAMES = 400_000;
/** Shorter documents have fewer. */
const COUNTED_LENGTH = 2 * 1024 * 1024;

/** Nesting, values and names are counted before parsing, so that no reader of the result can be made to recurse past the limit. */
function isBeyond(text: string, depth: number, most: number): boolean {
  const names = text.length < COUNTED_LENGTH || most === Number.POSITIVE_INFINITY ? undefined : new NameCount();
  let open = 0;
  let values = 0;
  let quoted = false;
  let textStart = 0;
  let textEnd = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) {
      if (quoted) textEnd = index;
      else textStart = index + 1;
      quoted = !quoted;
    } else if (quoted) index += code === BACKSLASH ? 1 : 0;
    else if (code === BRACE || code === BRACKET) {
      open += 1;
      values += 1;
      if (open > depth) return true;
    } else if (code === COMMA) values += 1;
    else if (code === COLON) names?.add(text, textStart, textEnd);
    else if (code === BRACE + 2 || code === BRACKET + 2) open -= 1;
  }
  return values > most || (names !== undefined && names.count > MAX_NAMES);
}

/** How many different names there are, about: some fall together. */
class NameCount {
  count = 0;
  readonly #seen = new Uint8Array(1 << 20);

  add(text: string, from: number, to: number): void {
    let hash = 0x811c9dc5;
    for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    hash ^= hash >>> 15;
    const place = (hash >>> 3) & (this.#seen.length - 1);
    const bit = 1 << (hash & 7);
    const seen = this.#seen[place] ?? 0;
    if ((seen & bit) !== 0) return;
    this.#seen[place] = seen | bit;
    this.count += 1;
  }
}

const COMMA = 0x2c;
const COLON = 0x3a;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const BRACE = 0x7b;
const BRACKET = 0x5b;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own field that holds text, else undefined: inherited names such as `constructor` are no fields. */
export function textField(record: JsonRecord, name: string): string | undefined {
  const value = ownField(record, name);
  return typeof value === 'string' ? value : undefined;
}

/** An own field that holds an object, else undefined. */
export function recordField(record: JsonRecord, name: string): JsonRecord | undefined {
  const value = ownField(record, name);
  return isRecord(value) ? value : undefined;
}

/** The items of an own field that holds a list; empty where there is none. */
export function listField(record: JsonRecord, name: string): readonly unknown[] {
  const value = ownField(record, name);
  return Array.isArray(value) ? value : [];
}

/** The texts among the items of a list field. */
export function textList(record: JsonRecord, name: string): readonly string[] {
  return listField(record, name).filter((item) => typeof item === 'string');
}

/** The own fields that hold text. */
export function textMap(record: JsonRecord): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(record).filter((field): field is [string, string] => typeof field[1] === 'string'),
  );
}

export function ownField(record: JsonRecord, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** The field under its name where it has a value, for spreading into an object: an absent field is not one of `undefined`. */
export function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  const fields: { [P in K]?: V } = {};
  if (value !== undefined) fields[key] = value;
  return fields;
}
