import { compareText } from '../bytes/compare-text.ts';
import { allDigits, compareDigits, digitsEnd, isDigit, isLetter, orderOf } from './digits.ts';
import type { Order, VersionScheme } from './scheme.ts';
import { VersionKey } from './version-key.ts';

interface RpmVersion {
  readonly epoch: string;
  readonly version: string;
  /** Absent is older than any, the empty one included. */
  readonly release: string | undefined;
}

/** Kinds of segments in their order; the end of the text is between `~` and `^`. */
const TILDE = 1;
const END = 2;
const CARET = 3;
const ALPHA = 4;
const NUMBER = 5;

interface Segment {
  readonly kind: number;
  readonly text: string;
  readonly next: number;
}

export const scheme: VersionScheme = {
  id: 'rpm',
  title: 'RPM versions with tilde and caret',
  specification: 'https://rpm-software-management.github.io/rpm/man/rpm-version.7',
  compare(left, right) {
    const a = parse(left);
    const b = parse(right);
    if (a === undefined || b === undefined) return undefined;
    return (
      compareDigits(a.epoch, b.epoch) || compareSegments(a.version, b.version) || compareRelease(a.release, b.release)
    );
  },
  encode(version) {
    const parsed = parse(version);
    if (parsed === undefined) return undefined;
    const key = new VersionKey().number(parsed.epoch);
    encodeSegments(key, parsed.version);
    if (parsed.release === undefined) return key.byte(0).finish();
    encodeSegments(key.byte(1), parsed.release);
    return key.finish();
  },
};

function parse(text: string): RpmVersion | undefined {
  if (text === '' || /[\s\0]/.test(text)) return undefined;
  const colon = text.indexOf(':');
  const hasEpoch = colon > 0 && allDigits(text.slice(0, colon));
  const rest = hasEpoch ? text.slice(colon + 1) : text;
  if (rest === '') return undefined;
  const epoch = hasEpoch ? text.slice(0, colon) : '0';
  const dash = rest.lastIndexOf('-');
  return dash === -1
    ? { epoch, version: rest, release: undefined }
    : { epoch, version: rest.slice(0, dash), release: rest.slice(dash + 1) };
}

function compareRelease(left: string | undefined, right: string | undefined): Order {
  if (left === undefined || right === undefined)
    return orderOf(Number(left !== undefined) - Number(right !== undefined));
  return compareSegments(left, right);
}

function compareSegments(left: string, right: string): Order {
  let l = 0;
  let r = 0;
  for (;;) {
    const a = segment(left, l);
    const b = segment(right, r);
    if (a.kind !== b.kind) return orderOf(a.kind - b.kind);
    if (a.kind === END) return 0;
    const order = a.kind === NUMBER ? compareDigits(a.text, b.text) : compareText(a.text, b.text);
    if (order !== 0) return order;
    l = a.next;
    r = b.next;
  }
}

/** The next segment; everything but ASCII letters, digits, `~` and `^` separates and is skipped. */
function segment(text: string, from: number): Segment {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 126) return { kind: TILDE, text: '', next: at + 1 };
    if (code === 94) return { kind: CARET, text: '', next: at + 1 };
    if (isDigit(code)) {
      const end = digitsEnd(text, at);
      return { kind: NUMBER, text: text.slice(at, end), next: end };
    }
    if (isLetter(code)) {
      let end = at;
      while (end < text.length && isLetter(text.charCodeAt(end))) end++;
      return { kind: ALPHA, text: text.slice(at, end), next: end };
    }
    at++;
  }
  return { kind: END, text: '', next: at };
}

function encodeSegments(key: VersionKey, text: string): void {
  let at = 0;
  for (;;) {
    const { kind, text: run, next } = segment(text, at);
    key.byte(kind);
    if (kind === END) return;
    if (kind === NUMBER) key.number(run);
    else if (kind === ALPHA) key.text(run);
    at = next;
  }
}
