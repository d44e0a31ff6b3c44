import { allDigits, compareDigits, orderOf } from './digits.ts';
import type { Order, VersionScheme } from './scheme.ts';
import { VersionKey } from './version-key.ts';

const MODIFIER = '[._-]?(?:(stable|beta|b|rc|alpha|a|patch|pl|p)((?:[.-]?\\d+)*)?)?([.-]?dev)?';
const CLASSIC = new RegExp(`^v?(\\d{1,5})(\\.\\d+)?(\\.\\d+)?(\\.\\d+)?${MODIFIER}$`, 'i');
const DATE = new RegExp(`^v?(\\d{4}(?:[.:-]?\\d{2}){1,6}(?:[.:-]?\\d{1,3})?)${MODIFIER}$`, 'i');
const BRANCH = /^v?(\d+)(\.(?:\d+|[x*]))?(\.(?:\d+|[x*]))?(\.(?:\d+|[x*]))?$/i;
const EXPANDED = new Map([
  ['a', 'alpha'],
  ['b', 'beta'],
  ['p', 'patch'],
  ['pl', 'patch'],
  ['rc', 'RC'],
]);
/** Longer texts are not versions; bounds the work of the patterns. */
const LONGEST = 256;

/** Order of PHP's version words; a number ranks as `#`, an unknown word before all. */
const WORDS = ['dev', 'a', 'b', 'rc', '#', 'p'];
const NUMBER = WORDS.indexOf('#');
const END = NUMBER - 0.5;

export const scheme: VersionScheme = {
  id: 'composer',
  title: 'Composer versions',
  specification: 'https://getcomposer.org/doc/articles/versions.md',
  compare(left, right) {
    const a = tokens(left);
    const b = tokens(right);
    if (a === undefined || b === undefined) return undefined;
    for (let i = 0; i < Math.min(a.length, b.length); i++) {
      const order = compareTokens(a[i] ?? '', b[i] ?? '');
      if (order !== 0) return order;
    }
    if (a.length === b.length) return 0;
    return a.length > b.length ? againstEnd(a[b.length] ?? '') : orderOf(-againstEnd(b[a.length] ?? ''));
  },
  /** Only versions Composer itself accepts; PHP's order of all other texts is not transitive. */
  encode(version) {
    const normal = version.length > LONGEST ? undefined : normalize(version.trim());
    if (normal === undefined) return undefined;
    const key = new VersionKey();
    for (const token of canonical(normal)) {
      if (allDigits(token)) key.byte(6).number(token);
      else if (token === '#') return undefined;
      else key.byte(wordByte(rank(token)));
    }
    return key.byte(5).finish();
  },
};

function wordByte(word: number): number {
  return word < NUMBER ? word + 1 : 7;
}

function tokens(version: string): string[] | undefined {
  const text = version.trim();
  if (text === '' || text.length > LONGEST || /\s/.test(text)) return undefined;
  return canonical(normalize(text) ?? text.replace(/^v/i, ''));
}

/**
 * Composer's canonical form: four numbers and an expanded stability. Undefined for what Composer refuses.
 * The behaviour is that of composer/semver's VersionParser (https://github.com/composer/semver).
 */
function normalize(text: string): string | undefined {
  const plain = text.replace(/@(?:stable|rc|beta|alpha|dev)$/i, '');
  if (plain === 'master' || plain === 'trunk' || plain === 'default') return `dev-${plain}`;
  if (/^dev-/i.test(plain)) return `dev-${plain.slice(4)}`;
  const plus = plain.indexOf('+');
  const version = plus > 0 && plus < plain.length - 1 ? plain.slice(0, plus) : plain;
  const classic = CLASSIC.exec(version);
  if (classic !== null) {
    const [, major = '', minor, patch, fourth, ...modifier] = classic;
    return major + (minor ?? '.0') + (patch ?? '.0') + (fourth ?? '.0') + stability(modifier);
  }
  const date = DATE.exec(version);
  if (date !== null) {
    const [, digits = '', ...modifier] = date;
    return digits.replaceAll(/\D/g, '.') + stability(modifier);
  }
  return numericBranch(version);
}

function stability([name, number, dev]: readonly (string | undefined)[]): string {
  const word = name?.toLowerCase();
  if (word === 'stable') return '';
  const label = word === undefined ? '' : `-${EXPANDED.get(word) ?? word}${(number ?? '').replace(/^[.-]+/, '')}`;
  return label + (dev === undefined ? '' : '-dev');
}

/** `2.1.x-dev` is the highest development version of 2.1. */
function numericBranch(version: string): string | undefined {
  if (!/dev$/i.test(version)) return undefined;
  const match = BRANCH.exec(version.replace(/[.-]?dev$/i, ''));
  if (match === null) return undefined;
  const parts = [1, 2, 3, 4].map((index) => (match[index] ?? '.x').replace(/[x*]/i, '9999999'));
  return `${parts.join('')}-dev`;
}

/** PHP's version_compare (https://www.php.net/version_compare): separators and changes of kind become dots. */
function canonical(version: string): string[] {
  return version.match(/[0-9]+|[a-zA-Z]+|#/g) ?? [];
}

function compareTokens(a: string, b: string): Order {
  const numberA = allDigits(a);
  const numberB = allDigits(b);
  if (numberA && numberB) return compareDigits(a, b);
  return orderOf((numberA ? NUMBER : rank(a)) - (numberB ? NUMBER : rank(b)));
}

/** A token the other side does not have: a number makes the version newer, a word ranks against the release. */
function againstEnd(token: string): Order {
  if (allDigits(token)) return 1;
  if (token === '#') return 0;
  return orderOf(rank(token) - END);
}

function rank(word: string): number {
  const lower = word.toLowerCase();
  if (lower.startsWith('dev')) return 0;
  if (lower.startsWith('a') && 'alpha'.startsWith(lower)) return lower === 'a' || lower === 'alpha' ? 1 : -1;
  if (lower === 'b' || lower === 'beta') return 2;
  if (lower === 'rc' || lower === 'c') return 3;
  if (lower === '#') return NUMBER;
  return lower === 'pl' || lower === 'p' || lower === 'patch' ? 5 : -1;
}
