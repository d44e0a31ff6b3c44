import { compareText } from '../bytes/compare-text.ts';
import { allDigits, compareDigits, digitsEnd, isDigit } from './digits.ts';
import type { Order, VersionScheme } from './scheme.ts';
import { VersionKey } from './version-key.ts';

/** A version by Semantic Versioning 2.0.0, read leniently: missing parts are 0. Build metadata is apart. */
export interface SemanticVersion {
  /** Three parts or more, as digits. */
  readonly parts: readonly string[];
  /** Absent on a release. */
  readonly prerelease: readonly string[] | undefined;
  readonly build: string;
}

export const scheme: VersionScheme = {
  id: 'semver',
  title: 'Semantic Versioning (npm, crates.io, Go, Hex)',
  specification: 'https://semver.org/spec/v2.0.0.html#spec-item-11',
  compare(left, right) {
    const a = parseSemver(left);
    const b = parseSemver(right);
    if (a === undefined || b === undefined) return undefined;
    return compareParts(a.parts, b.parts, 3) || comparePrerelease(a.prerelease, b.prerelease);
  },
  encode(version) {
    const parsed = parseSemver(version);
    if (parsed === undefined) return undefined;
    const key = new VersionKey();
    encodeParts(key, parsed.parts, 3);
    encodePrerelease(key, parsed.prerelease);
    return key.finish();
  },
};

/**
 * Reads `v1.2.3-pre.1+build`. Fewer than three parts are filled with 0; numeric parts after the third are kept in
 * `parts`. Undefined for anything else.
 */
export function parseSemver(version: string): SemanticVersion | undefined {
  const first = version.charAt(0);
  let at = first === 'v' || first === 'V' || first === '=' ? 1 : 0;
  const parts: string[] = [];
  for (;;) {
    const end = digitsEnd(version, at);
    if (end === at) return undefined;
    parts.push(version.slice(at, end));
    at = end;
    if (version.charAt(at) !== '.' || !isDigit(version.charCodeAt(at + 1))) break;
    at++;
  }
  while (parts.length < 3) parts.push('0');
  const plus = version.indexOf('+', at);
  const beforeBuild = plus === -1 ? version.length : plus;
  const build = plus === -1 ? '' : version.slice(plus + 1);
  if (at === beforeBuild) return { parts, prerelease: undefined, build };
  if (version.charAt(at) !== '-') return undefined;
  const text = version.slice(at + 1, beforeBuild);
  if (!/^[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*$/.test(text)) return undefined;
  return { parts, prerelease: text.split('.'), build };
}

/** Order of the first `count` numeric parts; missing ones are 0. */
export function compareParts(left: readonly string[], right: readonly string[], count: number): Order {
  for (let i = 0; i < count; i++) {
    const order = compareDigits(left[i] ?? '', right[i] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

/** A release is after its pre-releases; numbers before words; more identifiers after fewer. */
export function comparePrerelease(left: readonly string[] | undefined, right: readonly string[] | undefined): Order {
  if (left === undefined || right === undefined) return left === right ? 0 : left === undefined ? 1 : -1;
  for (let i = 0; ; i++) {
    const a = left[i];
    const b = right[i];
    if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1;
    const numberA = allDigits(a);
    const numberB = allDigits(b);
    if (numberA !== numberB) return numberA ? -1 : 1;
    const order = numberA ? compareDigits(a, b) : compareText(a, b);
    if (order !== 0) return order;
  }
}

/** Writes the first `count` numbers to the key; those that are not there count as 0. */
export function encodeParts(key: VersionKey, parts: readonly string[], count: number): void {
  for (let i = 0; i < count; i++) key.number(parts[i] ?? '');
}

/** Writes identifiers so that a pre-release is below its release, numbers below words (SemVer 2.0.0, item 11). */
export function encodePrerelease(key: VersionKey, prerelease: readonly string[] | undefined): void {
  if (prerelease === undefined) {
    key.byte(3);
    return;
  }
  for (const identifier of prerelease) {
    if (allDigits(identifier)) key.byte(1).number(identifier);
    else key.byte(2).text(identifier);
  }
  key.byte(0);
}
