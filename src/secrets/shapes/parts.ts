import { BASE62, type CharSet, HEX, HEX_ANY } from './char-set.ts';

/** A run of `min` to `max` bytes of one set. */
export interface Run {
  readonly set: CharSet;
  readonly min: number;
  readonly max: number;
}

/** A literal or a run. Parts are matched one after the other, each run as far as it goes: linear, without going back. */
export type Part = string | Run;

export function run(set: CharSet, min: number, max = min): Run {
  return { set, min, max };
}

/** The 8-4-4-4-12 form (RFC 9562). */
export function uuid(set: CharSet = HEX): readonly Part[] {
  return [run(set, 8), '-', run(set, 4), '-', run(set, 4), '-', run(set, 4), '-', run(set, 12)];
}

export const UUID_ANY: readonly Part[] = uuid(HEX_ANY);

/** Where the parts end when they begin at `from`, or -1. */
export function matchForward(bytes: Uint8Array, from: number, end: number, parts: readonly Part[]): number {
  let at = from;
  for (const part of parts) {
    if (typeof part === 'string') {
      if (!literalAt(bytes, at, end, part)) return -1;
      at += part.length;
    } else {
      const stop = Math.min(end, at + part.max);
      const has = part.set.has;
      const begin = at;
      while (at < stop && has[bytes[at] ?? 0] === 1) at++;
      if (at - begin < part.min) return -1;
    }
  }
  return at;
}

/** Where the parts begin when they end before `until`, or -1. */
export function matchBackward(bytes: Uint8Array, start: number, until: number, parts: readonly Part[]): number {
  let at = until;
  for (let index = parts.length - 1; index >= 0; index--) {
    const part = parts[index] ?? '';
    if (typeof part === 'string') {
      at -= part.length;
      if (at < start || !literalAt(bytes, at, until, part)) return -1;
    } else {
      const stop = Math.max(start, at - part.max);
      const has = part.set.has;
      const begin = at;
      while (at > stop && has[bytes[at - 1] ?? 0] === 1) at--;
      if (begin - at < part.min) return -1;
    }
  }
  return at;
}

function literalAt(bytes: Uint8Array, at: number, end: number, literal: string): boolean {
  if (at + literal.length > end) return false;
  for (let index = 0; index < literal.length; index++) {
    if (bytes[at + index] !== literal.charCodeAt(index)) return false;
  }
  return true;
}

/**
 * Whether a token may begin at `at`: no letter, digit or underscore of a longer word precedes it. An escape
 * (`\n`, `%3D`, `\u0022`) before it is no word.
 */
export function beginsWord(bytes: Uint8Array, start: number, at: number): boolean {
  if (at <= start) return true;
  const before = bytes[at - 1] ?? 0;
  if (BASE62.has[before] !== 1 && before !== UNDERSCORE) return true;
  if (at - 2 >= start && bytes[at - 2] === BACKSLASH)
    return before === LETTER_N || before === LETTER_R || before === LETTER_T;
  if (at - 3 >= start && bytes[at - 3] === PERCENT)
    return HEX_ANY.has[bytes[at - 2] ?? 0] === 1 && HEX_ANY.has[before] === 1;
  return at - 6 >= start && bytes[at - 6] === BACKSLASH && bytes[at - 5] === LETTER_U;
}

/** Whether a token may end at `at`: neither a member of its last set nor a letter or digit follows. */
export function endsWord(bytes: Uint8Array, end: number, at: number, last: CharSet = BASE62): boolean {
  if (at >= end) return true;
  const after = bytes[at] ?? 0;
  return last.has[after] !== 1 && BASE62.has[after] !== 1;
}

const BACKSLASH = 0x5c;
const PERCENT = 0x25;
const UNDERSCORE = 0x5f;
const LETTER_N = 0x6e;
const LETTER_R = 0x72;
const LETTER_T = 0x74;
const LETTER_U = 0x75;
