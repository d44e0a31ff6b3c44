import { BoundsError } from '../../bytes/cursor.ts';

export type SerializedValue = string | number | boolean | null | SerializedMap;
/** A PHP array; keys that are numbers are written as text. */
export type SerializedMap = ReadonlyMap<string, SerializedValue>;

const MAX_DEPTH = 64;
const COLON = 0x3a;
const SEMICOLON = 0x3b;

/**
 * Reads what PHP's `serialize` wrote: arrays, texts, numbers, truth values, null; objects are refused
 * (https://www.php.net/manual/en/function.serialize.php). Throws a BoundsError where the data is damaged.
 */
export function parseSerialized(bytes: Uint8Array): SerializedValue {
  return new Reader(bytes).value(0);
}

class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  value(depth: number): SerializedValue {
    const kind = String.fromCharCode(this.#take());
    if (kind === 'N') return this.#end(null);
    this.#expect(COLON);
    if (kind === 'i' || kind === 'd') return Number(this.#until(SEMICOLON));
    if (kind === 'b') return this.#until(SEMICOLON) === '1';
    if (kind === 's') return this.#end(this.#text());
    if (kind === 'a' && depth < MAX_DEPTH) return this.#map(depth);
    throw this.#fault();
  }

  #map(depth: number): SerializedMap {
    const count = Number(this.#until(COLON));
    this.#expect(0x7b);
    const map = new Map<string, SerializedValue>();
    for (let index = 0; index < count; index += 1) {
      const key = this.value(MAX_DEPTH);
      map.set(String(key), this.value(depth + 1));
    }
    this.#expect(0x7d);
    return map;
  }

  /** The length counts bytes, not characters. */
  #text(): string {
    const length = Number(this.#until(COLON));
    this.#expect(0x22);
    if (!Number.isSafeInteger(length) || length < 0 || this.#at + length > this.#bytes.length) throw this.#fault();
    const text = Buffer.from(this.#bytes.subarray(this.#at, this.#at + length)).toString('utf8');
    this.#at += length;
    this.#expect(0x22);
    return text;
  }

  #end<T>(value: T): T {
    this.#expect(SEMICOLON);
    return value;
  }

  #until(mark: number): string {
    const end = this.#bytes.indexOf(mark, this.#at);
    if (end < 0 || end - this.#at > 40) throw this.#fault();
    const text = String.fromCharCode(...this.#bytes.subarray(this.#at, end));
    this.#at = end + 1;
    return text;
  }

  #take(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw this.#fault();
    this.#at += 1;
    return byte;
  }

  #expect(byte: number): void {
    if (this.#take() !== byte) throw this.#fault();
  }

  #fault(): BoundsError {
    return new BoundsError(this.#at, 1, this.#bytes.length);
  }
}
