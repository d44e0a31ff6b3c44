import { compareDigits } from './digits.ts';
import type { VersionScheme } from './scheme.ts';

export const scheme: VersionScheme = {
  id: 'jvm',
  title: 'Java runtime versions, old (`1.8.0_352`, `8u352`) and new (`17.0.5+8`)',
  specification: 'https://openjdk.org/jeps/322',
  compare(left, right) {
    const a = parse(left);
    const b = parse(right);
    if (a === undefined || b === undefined) return undefined;
    for (let i = 0; i < Math.max(a.numbers.length, b.numbers.length); i++) {
      const order = compareDigits(a.numbers[i] ?? '', b.numbers[i] ?? '');
      if (order !== 0) return order;
    }
    if (a.early !== b.early) return a.early ? -1 : 1;
    return compareDigits(a.build, b.build);
  },
};

/** Feature, interim, update, patch; `1.8.0_352` and `8u352` are `8.0.352`. `-ea` and the like come before the release. */
function parse(version: string) {
  const match = /^(\d+(?:\.\d+)*)(?:[_u](\d+))?(-[a-z][0-9a-z-]*)?(?:(?:\+|-b)(\d+))?(?:-[0-9A-Za-z.+-]*)?$/.exec(
    version.trim(),
  );
  if (match === null) return undefined;
  const [, dotted = '', update, suffix, build = ''] = match;
  const numbers = dotted.split('.');
  if (numbers[0] === '1' && numbers.length > 1) numbers.shift();
  while (update !== undefined && numbers.length < 2) numbers.push('0');
  if (update !== undefined) numbers.splice(2, numbers.length, update);
  return { numbers, early: suffix !== undefined && /^-(?:ea|internal|beta|rc)/.test(suffix), build };
}
