import { compareText } from '../bytes/compare-text.ts';
import { allDigits, compareDigits, significant } from './digits.ts';
import type { VersionScheme } from './scheme.ts';
import { VersionKey } from './version-key.ts';

export const scheme: VersionScheme = {
  id: 'gem',
  title: 'RubyGems versions',
  specification: 'https://docs.ruby-lang.org/en/master/Gem/Version.html',
  compare(left, right) {
    const a = segments(left);
    const b = segments(right);
    if (a === undefined || b === undefined) return undefined;
    for (let i = 0; i < Math.max(a.length, b.length); i++) {
      const x = a[i] ?? '0';
      const y = b[i] ?? '0';
      const numberX = allDigits(x);
      const numberY = allDigits(y);
      if (numberX !== numberY) return numberX ? 1 : -1;
      const order = numberX ? compareDigits(x, y) : compareText(x, y);
      if (order !== 0) return order;
    }
    return 0;
  },
  /**
   * The end counts as zeros, so a run of zeros ranks by what follows it: before words it is older than the end, and the
   * longer run the newer; before a number it is newer than the end, and the longer run the older.
   */
  encode(version) {
    const parsed = segments(version);
    if (parsed === undefined) return undefined;
    const key = new VersionKey();
    for (let i = 0; i < parsed.length; i++) {
      const run = zerosAt(parsed, i);
      i += run;
      if (run > LONGEST_RUN) return undefined;
      const segment = parsed[i] ?? '';
      const number = allDigits(segment);
      if (run > 0) key.byte(number ? AFTER_END : BEFORE_END).byte(number ? LONGEST_RUN - run : run);
      if (number) key.byte(NUMBER).number(segment);
      else key.byte(WORD).text(segment);
    }
    return key.byte(END).finish();
  },
};

const WORD = 1;
const BEFORE_END = 2;
const END = 3;
const AFTER_END = 4;
const NUMBER = 5;
const LONGEST_RUN = 250;

function zerosAt(parsed: readonly string[], at: number): number {
  let end = at;
  while (end < parsed.length && allDigits(parsed[end] ?? '') && significant(parsed[end] ?? '') === '') end++;
  return end - at;
}

const PATTERN = /^[0-9]+(?:\.[0-9a-zA-Z]+)*(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

/** Runs of digits and of letters; zeros that end the release or the letters part are dropped. `-` reads as `.pre.`. */
function segments(version: string): string[] | undefined {
  const trimmed = version.trim();
  if (!PATTERN.test(trimmed) && !/^[0-9]+[a-zA-Z]/.test(trimmed)) return undefined;
  const runs = trimmed.replaceAll('-', '.pre.').match(/[0-9]+|[a-zA-Z]+/g) ?? [];
  const firstWord = runs.findIndex((run) => !allDigits(run));
  if (firstWord === -1) return withoutTrailingZeros(runs);
  return [...withoutTrailingZeros(runs.slice(0, firstWord)), ...withoutTrailingZeros(runs.slice(firstWord))];
}

function withoutTrailingZeros(runs: readonly string[]): string[] {
  let end = runs.length;
  while (end > 0 && allDigits(runs[end - 1] ?? '') && significant(runs[end - 1] ?? '') === '') end--;
  return runs.slice(0, end);
}
