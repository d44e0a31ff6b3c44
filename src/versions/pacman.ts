import { compareText } from '../bytes/compare-text.ts';
import { allDigits, compareDigits, digitsEnd, isDigit, isLetter } from './digits.ts';
import type { Order, VersionScheme } from './scheme.ts';

/**
 * No key: a missing package release equals every release, so the order is not transitive across versions with and
 * without one.
 */
export const scheme: VersionScheme = {
  id: 'pacman',
  title: 'Arch Linux package versions',
  specification: 'https://man.archlinux.org/man/vercmp.8',
  compare(left, right) {
    const a = parse(left);
    const b = parse(right);
    if (a === undefined || b === undefined) return undefined;
    const order = compareDigits(a.epoch, b.epoch) || compareRuns(a.version, b.version);
    if (order !== 0 || a.release === undefined || b.release === undefined) return order;
    return compareRuns(a.release, b.release);
  },
};

function parse(text: string) {
  if (text === '' || /\s/.test(text)) return undefined;
  const colon = text.indexOf(':');
  const hasEpoch = colon > 0 && allDigits(text.slice(0, colon));
  const rest = hasEpoch ? text.slice(colon + 1) : text;
  if (rest === '') return undefined;
  const dash = rest.lastIndexOf('-');
  return {
    epoch: hasEpoch ? text.slice(0, colon) : '0',
    version: dash === -1 ? rest : rest.slice(0, dash),
    release: dash === -1 ? undefined : rest.slice(dash + 1),
  };
}

/** Runs of digits or letters between separators; more separators are newer; letters that remain are older than the end. */
function compareRuns(left: string, right: string): Order {
  let l = 0;
  let r = 0;
  while (l < left.length && r < right.length) {
    const lStart = skipSeparators(left, l);
    const rStart = skipSeparators(right, r);
    if (lStart === left.length || rStart === right.length) {
      l = lStart;
      r = rStart;
      break;
    }
    if (lStart - l !== rStart - r) return lStart - l < rStart - r ? -1 : 1;
    const numeric = isDigit(left.charCodeAt(lStart));
    const lEnd = runEnd(left, lStart, numeric);
    const rEnd = runEnd(right, rStart, numeric);
    if (rEnd === rStart) return numeric ? 1 : -1;
    const a = left.slice(lStart, lEnd);
    const b = right.slice(rStart, rEnd);
    const order = numeric ? compareDigits(a, b) : compareText(a, b);
    if (order !== 0) return order;
    l = lEnd;
    r = rEnd;
  }
  if (l >= left.length && r >= right.length) return 0;
  const leftEnded = l >= left.length;
  const remaining = leftEnded ? right.charCodeAt(r) : left.charCodeAt(l);
  const restIsOlder = isLetter(remaining);
  return leftEnded === restIsOlder ? 1 : -1;
}

function skipSeparators(text: string, at: number): number {
  let next = at;
  while (next < text.length && !isDigit(text.charCodeAt(next)) && !isLetter(text.charCodeAt(next))) next++;
  return next;
}

function runEnd(text: string, at: number, numeric: boolean): number {
  if (numeric) return digitsEnd(text, at);
  let end = at;
  while (end < text.length && isLetter(text.charCodeAt(end))) end++;
  return end;
}
