import { compareText } from '../bytes/compare-text.ts';
import type { Order } from './scheme.ts';

const ZERO = 48;
const NINE = 57;

/** Whether a UTF-16 unit is an ASCII digit. */
export function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}

/** Whether a UTF-16 unit is an ASCII letter. */
export function isLetter(code: number): boolean {
  const lower = code | 32;
  return lower >= 97 && lower <= 122;
}

/** End of the digit run that starts at `at`. */
export function digitsEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && isDigit(text.charCodeAt(end))) end++;
  return end;
}

/** Whether the text is a non-empty run of ASCII digits. */
export function allDigits(text: string): boolean {
  return text.length > 0 && digitsEnd(text, 0) === text.length;
}

/** The digits without leading zeros: `007` is `7`, `0` and the empty run are the empty text. */
export function significant(digits: string): string {
  let start = 0;
  while (start < digits.length && digits.charCodeAt(start) === ZERO) start++;
  return start === 0 ? digits : digits.slice(start);
}

/** Numeric order of two digit runs of any length. */
export function compareDigits(left: string, right: string): Order {
  const a = significant(left);
  const b = significant(right);
  if (a.length !== b.length) return a.length < b.length ? -1 : 1;
  return compareText(a, b);
}

/** The sign of a difference. */
export function orderOf(difference: number): Order {
  if (difference === 0) return 0;
  return difference < 0 ? -1 : 1;
}
