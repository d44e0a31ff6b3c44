import { compareText } from '../bytes/compare-text.ts';
import { compareDigits, digitsEnd, isDigit, isLetter, orderOf, significant } from './digits.ts';
import type { Order, VersionScheme } from './scheme.ts';
import { VersionKey } from './version-key.ts';

/**
 * What follows a value, ordered so that with equal values before it the larger rank is the newer version. A suffix
 * that names a pre-release is before the end, any other after it. `invalid` ends a version: what follows is not read.
 * Releases of apk-tools disagree on invalid versions only; here, as in apk-tools 3, they are older than valid ones.
 */
const NEXT = {
  invalid: 0,
  preSuffix: 1,
  end: 2,
  revision: 3,
  hash: 4,
  suffixNumber: 5,
  postSuffix: 6,
  emptyPart: 7,
  letter: 8,
  digit: 9,
  digitOrZero: 10,
} as const;
type Next = keyof typeof NEXT;

/** A value and what follows it. Numbers are digits; `rank` orders what is not a number, below all numbers. */
interface Token {
  readonly rank: number;
  readonly digits: string;
  readonly text: string;
  readonly next: Next;
}

const PRE_SUFFIXES = ['alpha', 'beta', 'pre', 'rc'];
const POST_SUFFIXES = ['cvs', 'svn', 'git', 'hg', 'p'];
/** Rank of a number; leading zeros of a fraction part rank below by their count, suffixes around it. */
const NUMBER = 128;

export const scheme: VersionScheme = {
  id: 'apk',
  title: 'Alpine package versions',
  specification: 'https://gitlab.alpinelinux.org/alpine/apk-tools/-/blob/master/doc/apk-package.5.scd',
  compare(left, right) {
    const a = tokens(left);
    const b = tokens(right);
    if (a === undefined || b === undefined) return undefined;
    for (let i = 0; ; i++) {
      const x = a[i];
      const y = b[i];
      if (x === undefined || y === undefined) return 0;
      const order = compareToken(x, y);
      if (order !== 0) return order;
    }
  },
  encode(version) {
    const parsed = tokens(version);
    if (parsed === undefined) return undefined;
    const key = new VersionKey();
    for (const token of parsed) {
      key.byte(token.rank).number(token.digits).text(token.text).byte(NEXT[token.next]);
    }
    return key.finish();
  },
};

function compareToken(a: Token, b: Token): Order {
  if (a.rank !== b.rank) return orderOf(a.rank - b.rank);
  return compareDigits(a.digits, b.digits) || compareText(a.text, b.text) || orderOf(NEXT[a.next] - NEXT[b.next]);
}

function tokens(version: string): Token[] | undefined {
  if (version === '' || /\s/.test(version)) return undefined;
  const found: Token[] = [];
  let kind: Next = 'digit';
  let at = 0;
  while (kind !== 'end' && kind !== 'invalid') {
    const value = readValue(version, at, kind);
    const next: { readonly next: Next; readonly at: number } = value.valid
      ? follow(version, value.at, value.known ?? kind, value.known !== undefined)
      : invalid(value.at);
    found.push({ rank: value.rank, digits: value.digits, text: value.text, next: next.next });
    kind = next.next;
    at = next.at;
  }
  return found;
}

interface Value {
  readonly rank: number;
  readonly digits: string;
  readonly text: string;
  readonly at: number;
  readonly valid: boolean;
  /** Set where the kind of what follows is already known. */
  readonly known?: Next;
}

function readValue(version: string, at: number, kind: Next): Value {
  if (kind === 'preSuffix' || kind === 'postSuffix') return readSuffix(version, at);
  if (kind === 'letter') return { rank: version.charCodeAt(at), digits: '', text: '', at: at + 1, valid: true };
  if (kind === 'hash') {
    let end = at;
    while (end < version.length && /[0-9a-f]/.test(version.charAt(end))) end++;
    return { rank: NUMBER, digits: '', text: version.slice(at, end), at: end, valid: end > at };
  }
  if (kind === 'digitOrZero' && version.charAt(at) === '0') {
    let end = at;
    while (version.charAt(end) === '0') end++;
    return { rank: NUMBER - Math.min(end - at, 100), digits: '', text: '', at: end, valid: true, known: 'digit' };
  }
  const end = digitsEnd(version, at);
  return { rank: NUMBER, digits: significant(version.slice(at, end)), text: '', at: end, valid: true };
}

/** An unknown suffix ranks as `rc` and ends what can be read. */
function readSuffix(version: string, at: number): Value {
  const name = suffixAt(version, at, PRE_SUFFIXES) ?? suffixAt(version, at, POST_SUFFIXES);
  if (name === undefined) return { rank: NUMBER - 1, digits: '', text: '', at, valid: false };
  const pre = PRE_SUFFIXES.indexOf(name);
  const rank = pre === -1 ? NUMBER + POST_SUFFIXES.indexOf(name) : NUMBER - PRE_SUFFIXES.length + pre;
  return { rank, digits: '', text: '', at: at + name.length, valid: true };
}

function suffixAt(version: string, at: number, names: readonly string[]): string | undefined {
  return names.find((name) => version.startsWith(name, at));
}

/** The kind of the next token, given the kind of the last; kinds come in a fixed order. */
function follow(version: string, at: number, last: Next, known: boolean): { next: Next; at: number } {
  if (at >= version.length) return { next: 'end', at };
  if (known) return { next: last, at };
  const code = version.charCodeAt(at);
  if (STAGE[last] <= 1 && code >= 97 && code <= 122) return { next: 'letter', at };
  if (last === 'letter' && isDigit(code)) return { next: 'digit', at };
  if ((last === 'preSuffix' || last === 'postSuffix') && isDigit(code)) return { next: 'suffixNumber', at };
  const separator = version.charAt(at);
  if (separator === '.') return STAGE[last] <= 1 ? { next: partKind(version, at + 1), at: at + 1 } : invalid(at);
  if (separator === '_') return STAGE[last] <= 4 ? { next: suffixKind(version, at + 1), at: at + 1 } : invalid(at);
  if (separator === '~') return STAGE[last] <= 4 ? { next: 'hash', at: at + 1 } : invalid(at);
  if (separator === '-' && version.charAt(at + 1) === 'r' && !isLetter(version.charCodeAt(at + 2))) {
    return STAGE[last] <= 5 ? { next: 'revision', at: at + 2 } : invalid(at);
  }
  return invalid(at);
}

/** How far into the version a kind lies: digits, letter, suffixes, hash, revision. */
const STAGE: Readonly<Record<Next, number>> = {
  digitOrZero: 0,
  emptyPart: 0,
  digit: 1,
  letter: 2,
  preSuffix: 3,
  postSuffix: 3,
  suffixNumber: 4,
  hash: 5,
  revision: 6,
  end: 7,
  invalid: 8,
};

function partKind(version: string, at: number): Next {
  return isDigit(version.charCodeAt(at)) ? 'digitOrZero' : 'emptyPart';
}

function suffixKind(version: string, at: number): Next {
  return suffixAt(version, at, PRE_SUFFIXES) === undefined && suffixAt(version, at, POST_SUFFIXES) !== undefined
    ? 'postSuffix'
    : 'preSuffix';
}

function invalid(at: number): { next: Next; at: number } {
  return { next: 'invalid', at };
}
