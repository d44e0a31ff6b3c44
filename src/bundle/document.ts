import { type ErrorCode, PlimsollError } from '../errors.ts';
import type { Json } from './canonical-json.ts';

/**
 * Reads a parsed document field by field: every getter names the field it refuses. Unknown fields are left alone, so
 * that an older reader accepts a newer document unless that lists them under `critical`.
 */
export class DocumentReader {
  readonly #fields: { readonly [name: string]: Json };
  readonly #what: string;
  readonly #code: ErrorCode;

  constructor(value: Json | undefined, what: string, code: ErrorCode = 'PLM_BUNDLE_FORMAT') {
    this.#what = what;
    this.#code = code;
    if (!isRecord(value)) throw new PlimsollError(code, `${what} is not an object`);
    this.#fields = value;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#fields, name);
  }

  names(): readonly string[] {
    return Object.keys(this.#fields);
  }

  value(name: string): Json {
    const value = Object.hasOwn(this.#fields, name) ? this.#fields[name] : undefined;
    if (value === undefined) throw this.#refuse(name, 'is missing');
    return value;
  }

  text(name: string, pattern?: RegExp): string {
    const value = this.value(name);
    if (typeof value !== 'string') throw this.#refuse(name, 'is not a string');
    if (pattern !== undefined && !pattern.test(value)) throw this.#refuse(name, 'has the wrong form');
    return value;
  }

  optionalText(name: string, pattern?: RegExp): string | undefined {
    return this.has(name) ? this.text(name, pattern) : undefined;
  }

  /** A whole number from `least` to `most`. */
  integer(name: string, least = 0, most = Number.MAX_SAFE_INTEGER): number {
    const value = this.value(name);
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw this.#refuse(name, 'is not a whole number');
    if (value < least || value > most) throw this.#refuse(name, `is not within ${least} and ${most}`);
    return value;
  }

  /** An RFC 3339 time in UTC with seconds, as `2026-11-22T02:30:00Z`. */
  time(name: string): string {
    const text = this.text(name, TIME);
    if (Number.isNaN(Date.parse(text))) throw this.#refuse(name, 'is no date');
    return text;
  }

  optionalTime(name: string): string | undefined {
    return this.has(name) ? this.time(name) : undefined;
  }

  list(name: string, most: number): readonly Json[] {
    const value = this.value(name);
    if (!Array.isArray(value)) throw this.#refuse(name, 'is not a list');
    if (value.length > most) throw this.#refuse(name, `has more than ${most} items`);
    return value;
  }

  texts(name: string, most: number): readonly string[] {
    return this.list(name, most).map((item) => {
      if (typeof item !== 'string') throw this.#refuse(name, 'holds something else than strings');
      return item;
    });
  }

  record(name: string): DocumentReader {
    return new DocumentReader(this.value(name), `${this.#what}.${name}`, this.#code);
  }

  records(name: string, most: number): readonly DocumentReader[] {
    return this.list(name, most).map(
      (item, at) => new DocumentReader(item, `${this.#what}.${name}[${at}]`, this.#code),
    );
  }

  #refuse(name: string, reason: string): PlimsollError {
    return new PlimsollError(this.#code, `${this.#what}: ${name} ${reason}`);
  }
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
export const SHA256_HEX = /^[0-9a-f]{64}$/;

function isRecord(value: Json | undefined): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Strict base64 (RFC 4648 section 4): decoding that encodes back to the same text, or undefined. */
export function decodeBase64(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

/** A time as signed documents write it: UTC, whole seconds. */
export function documentTime(milliseconds: number): string {
  return `${new Date(Math.floor(milliseconds / 1000) * 1000).toISOString().slice(0, 19)}Z`;
}
