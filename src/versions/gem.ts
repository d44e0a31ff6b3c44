import { allDigits, compareDigits, compareText, significant } from './digits.ts';
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
  encode(version) {
    const parsed = segments(version);
    if (parsed === undefined) return undefined;
    const key = new VersionKey();
    for (const segment of parsed) {
      if (allDigits(segment)) key.byte(3).number(segment);
      else key.byte(1).text(segment);
    }
    return key.byte(2).finish();
  },
};

const PATTERN = /^[0-9]+(?:\.[0-9a-zA-Z]+)*(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

/** Runs of digits and of letters; zeros that end the release or the letters part are dropped. `-` reads as `.pre.`. */
function segments(version: string): string[] | undefined {
  const trimmed = version.trim();
  if (trimmed === '') return [];
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
