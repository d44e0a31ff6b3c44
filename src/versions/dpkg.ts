import { allDigits, compareDigits, digitsEnd, isDigit, isLetter, orderOf } from './digits.ts';
import type { Order, VersionScheme } from './scheme.ts';
import { VersionKey } from './version-key.ts';

interface DebianVersion {
  readonly epoch: string;
  readonly upstream: string;
  /** Absent is the same as `0`. */
  readonly revision: string;
}

const TILDE = 126;
/** Rank of the end of a non-digit run: after `~`, before every character. */
const END = 2;

export const scheme: VersionScheme = {
  id: 'dpkg',
  title: 'Debian package versions',
  specification: 'https://www.debian.org/doc/debian-policy/ch-controlfields.html#version',
  compare(left, right) {
    const a = parse(left);
    const b = parse(right);
    if (a === undefined || b === undefined) return undefined;
    return (
      compareDigits(a.epoch, b.epoch) || compareRuns(a.upstream, b.upstream) || compareRuns(a.revision, b.revision)
    );
  },
  encode(version) {
    const parsed = parse(version);
    if (parsed === undefined) return undefined;
    const key = new VersionKey().number(parsed.epoch);
    encodeRuns(key, parsed.upstream);
    encodeRuns(key, parsed.revision);
    return key.finish();
  },
};

function parse(version: string): DebianVersion | undefined {
  for (let i = 0; i < version.length; i++) {
    const code = version.charCodeAt(i);
    if (code <= 32 || code > 126) return undefined;
  }
  const colon = version.indexOf(':');
  const epoch = colon === -1 ? '0' : version.slice(0, colon);
  const rest = version.slice(colon + 1);
  if (rest === '' || !allDigits(epoch)) return undefined;
  const dash = rest.lastIndexOf('-');
  return dash === -1
    ? { epoch, upstream: rest, revision: '' }
    : { epoch, upstream: rest.slice(0, dash), revision: rest.slice(dash + 1) };
}

/** Non-digit and digit runs in turn; `~` is before the end, the end before letters, letters before the rest. */
function compareRuns(left: string, right: string): Order {
  let l = 0;
  let r = 0;
  while (l < left.length || r < right.length) {
    while (inText(left, l) || inText(right, r)) {
      const a = inText(left, l) ? rank(left.charCodeAt(l++)) : END;
      const b = inText(right, r) ? rank(right.charCodeAt(r++)) : END;
      if (a !== b) return orderOf(a - b);
    }
    const lEnd = digitsEnd(left, l);
    const rEnd = digitsEnd(right, r);
    const order = compareDigits(left.slice(l, lEnd), right.slice(r, rEnd));
    if (order !== 0) return order;
    l = lEnd;
    r = rEnd;
  }
  return 0;
}

function inText(text: string, at: number): boolean {
  return at < text.length && !isDigit(text.charCodeAt(at));
}

/** Ranks stay below 256: `~` 1, end 2, letters by ASCII, the others 128 higher. */
function rank(code: number): number {
  if (code === TILDE) return 1;
  return isLetter(code) ? code : code + 128;
}

/**
 * Each run pair is its ranks, END, its number. A text that has ended goes on as empty pairs for ever, so trailing ones
 * are dropped and one and a half are written as the terminator: enough, since only the first text run can be empty.
 */
function encodeRuns(key: VersionKey, text: string): void {
  let trimmed = text.length;
  while (trimmed > 0 && text.charCodeAt(trimmed - 1) === 48) trimmed--;
  const dropsPair = trimmed === 0;
  let at = 0;
  while (!dropsPair && at < text.length) {
    while (inText(text, at)) key.byte(rank(text.charCodeAt(at++)));
    const end = digitsEnd(text, at);
    key.byte(END).number(text.slice(at, end));
    at = end;
  }
  key.byte(END).byte(0).byte(END);
}
