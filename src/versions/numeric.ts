import { compareDigits, orderOf } from './digits.ts';
import type { VersionScheme } from './scheme.ts';
import { VersionKey } from './version-key.ts';

/** A scheme of plain numbers in which the longer of two equal beginnings is newer. */
export interface NumericOrder {
  readonly id: string;
  readonly title: string;
  readonly specification: string;
  /** What a version of the scheme looks like; numbers are its digit runs. */
  readonly pattern: RegExp;
}

/** A scheme that compares all numbers of a version in turn; texts that do not fit the pattern are no versions. */
export function numericScheme({ id, title, specification, pattern }: NumericOrder): VersionScheme {
  const numbers = (version: string) => (pattern.test(version) ? (version.match(/\d+/g) ?? []) : undefined);
  return {
    id,
    title,
    specification,
    compare(left, right) {
      const a = numbers(left);
      const b = numbers(right);
      if (a === undefined || b === undefined) return undefined;
      for (let i = 0; i < Math.min(a.length, b.length); i++) {
        const order = compareDigits(a[i] ?? '', b[i] ?? '');
        if (order !== 0) return order;
      }
      return orderOf(a.length - b.length);
    },
    encode(version) {
      const parsed = numbers(version);
      if (parsed === undefined) return undefined;
      const key = new VersionKey();
      for (const number of parsed) key.byte(1).number(number);
      return key.byte(0).finish();
    },
  };
}
