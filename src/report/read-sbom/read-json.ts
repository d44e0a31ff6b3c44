import { isRecord, type JsonRecord, listField, textField } from '../../bytes/json.ts';
import { type JsonSpan, jsonFields, jsonItems, jsonPiece, jsonValues } from '../../bytes/json-pieces.ts';
import { PlimsollError } from '../../errors.ts';
import type { Limits } from '../../limits.ts';
import { isReadFact } from './fact-map.ts';

/** Objects within objects: in-toto statement, document, component tree, property values. */
const MAX_DEPTH = 64;

/** Text within the document, as of a signed envelope, is held several times while it is decoded. */
const PIECE_BYTES = 64 << 20;

const BRACE = 0x7b;
const BRACKET = 0x5b;

/**
 * An SBOM in JSON, its lists item by item, without the properties nothing is restored from: parsed at once it takes thirty times
 * its bytes, and Syft writes dozens of properties a package. Undefined where it is damaged or nests too deep. Throws PLM_LIMIT
 * where more values would be kept than the limit.
 */
export function readSbomJson(bytes: Uint8Array, limits: Limits): JsonRecord | undefined {
  const reader = new Reader(bytes, limits);
  const document = jsonFields(bytes, 0, MAX_DEPTH);
  return document === undefined || document.end < bytes.length ? undefined : reader.record(document.fields);
}

class Reader {
  readonly #bytes: Uint8Array;
  readonly #limit: number;
  #values = 0;

  constructor(bytes: Uint8Array, { sbomValues }: Limits) {
    this.#bytes = bytes;
    this.#limit = sbomValues;
  }

  /** Undefined where a value is damaged. */
  record(fields: ReadonlyMap<string, JsonSpan>): JsonRecord | undefined {
    const values = new Map<string, unknown>();
    for (const [name, span] of fields) {
      const value = this.#field(name, span);
      if (value === undefined) return undefined;
      values.set(name, value);
    }
    return Object.fromEntries(values);
  }

  #field(name: string, span: JsonSpan): unknown {
    const first = this.#bytes[span.start];
    if (first === BRACKET) return this.#list(span);
    if (first !== BRACE || name !== 'predicate') return this.#piece(span);
    const inner = jsonFields(this.#bytes, span.start, MAX_DEPTH);
    return inner === undefined ? undefined : this.record(inner.fields);
  }

  #list(span: JsonSpan): unknown {
    const items: unknown[] = [];
    let end = span.start + 1;
    for (const item of jsonItems(this.#bytes, span)) {
      const value = this.#piece(item);
      if (value === undefined) return undefined;
      items.push(value);
      end = item.end;
    }
    // what does not end with its last item is no list
    return jsonPiece(this.#bytes, { start: end, end: span.end }, items.length > 0 ? '[0' : '[') === undefined
      ? undefined
      : items;
  }

  #piece(span: JsonSpan): unknown {
    if (span.end - span.start > PIECE_BYTES)
      throw new PlimsollError('PLM_LIMIT', `a part of the SBOM has more than ${PIECE_BYTES} bytes`);
    const count = jsonValues(this.#bytes, span);
    if (this.#values + count > this.#limit) this.#refuse();
    const value = jsonPiece(this.#bytes, span);
    const kept = withoutUnread(value);
    this.#values += count - 3 * (propertyCount(value) - propertyCount(kept));
    return kept;
  }

  #refuse(): never {
    throw new PlimsollError('PLM_LIMIT', `the SBOM holds more than ${this.#limit} values`, {
      hint: 'raise it with --limit sbomValues=N',
    });
  }
}

function propertyCount(value: unknown): number {
  return isRecord(value) ? listField(value, 'properties').length : 0;
}

function withoutUnread(value: unknown): unknown {
  if (propertyCount(value) === 0 || !isRecord(value)) return value;
  const properties = listField(value, 'properties').filter(
    (property) => isRecord(property) && isReadFact(textField(property, 'name') ?? ''),
  );
  return { ...value, properties };
}
