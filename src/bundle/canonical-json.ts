import { type ErrorCode, PlimsollError } from '../errors.ts';
import { BUNDLE_LIMITS } from './bundle-limits.ts';

/** JSON without fractions, as signed documents use it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** Names that reach into the prototype of a plain object when a reader is careless. */
const FORBIDDEN_NAMES = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * The one byte form of a document (RFC 8785 without fractions): names sorted by UTF-16 unit, no white space, raw UTF-8,
 * integers within 2^53. Throws a plain Error for a value that has no such form.
 */
export function encodeCanonical(value: Json): Uint8Array {
  return new TextEncoder().encode(canonicalText(value, 0));
}

function canonicalText(value: Json, depth: number): string {
  if (depth > BUNDLE_LIMITS.jsonDepth) throw new Error('nested too deeply');
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return integerText(value);
  if (typeof value === 'string') return stringText(value);
  if (isList(value)) return `[${value.map((item) => canonicalText(item, depth + 1)).join(',')}]`;
  const members = Object.keys(value)
    .sort()
    .map((name) => memberText(name, value[name], depth));
  return `{${members.join(',')}}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function memberText(name: string, value: Json | undefined, depth: number): string {
  if (FORBIDDEN_NAMES.has(name)) throw new Error(`the name ${name} is not allowed`);
  if (value === undefined) throw new Error(`${name} has no value`);
  return `${stringText(name)}:${canonicalText(value, depth + 1)}`;
}

function integerText(value: number): string {
  if (!Number.isSafeInteger(value)) throw new Error('numbers must be integers below 2^53');
  return String(value);
}

function stringText(value: string): string {
  if (!value.isWellFormed()) throw new Error('a string holds half a surrogate pair');
  return JSON.stringify(value);
}

/**
 * Parses bytes that must already be canonical: whatever JSON.parse would quietly repair (duplicate names, 1e400, 2^53+1,
 * white space, a byte order mark, invalid UTF-8) is refused, because its re-encoding differs.
 * Throws `code` (by default PLM_BUNDLE_CANONICAL).
 */
export function parseCanonical(bytes: Uint8Array, what: string, code: ErrorCode = 'PLM_BUNDLE_CANONICAL'): Json {
  try {
    refuseDeepNesting(bytes);
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const value: Json = JSON.parse(text);
    if (Buffer.compare(encodeCanonical(value), bytes) !== 0) throw new Error('the bytes are not in canonical form');
    return value;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PlimsollError(code, `${what} is not canonical JSON: ${reason}`, { cause });
  }
}

const OPEN = new Set([0x5b, 0x7b]);
const CLOSE = new Set([0x5d, 0x7d]);
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** JSON.parse recurses: the depth is counted before it sees the text. */
function refuseDeepNesting(bytes: Uint8Array): void {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (quoted) {
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) quoted = false;
    } else if (byte === QUOTE) quoted = true;
    else if (OPEN.has(byte)) {
      depth++;
      if (depth > BUNDLE_LIMITS.jsonDepth) throw new Error('nested too deeply');
    } else if (CLOSE.has(byte)) depth--;
  }
}
