import { compareText } from '../bytes/compare-text.ts';
import { allDigits, compareDigits } from './digits.ts';
import type { VersionScheme } from './scheme.ts';

const PRE_RELEASE = /^(?:dev|snapshot|a|alpha|b|beta|m|milestone|pre|preview|c|rc)$/;

/**
 * For software without a rule of its own. Only what nearly all rules agree on is answered: numbers between separators,
 * pre-release words before the release. Two words that say nothing about order are not comparable.
 */
export const scheme: VersionScheme = {
  id: 'generic',
  title: 'Versions of software without a rule of its own',
  specification: 'https://ossf.github.io/osv-schema/#affectedrangestype-field',
  compare(left, right) {
    const a = runs(left);
    const b = runs(right);
    if (a === undefined || b === undefined) return undefined;
    for (let i = 0; i < Math.max(a.length, b.length); i++) {
      const x = a[i] ?? '';
      const y = b[i] ?? '';
      if (x === y) continue;
      if (isNumber(x) && isNumber(y)) {
        const order = compareDigits(x, y);
        if (order !== 0) return order;
        continue;
      }
      const preX = PRE_RELEASE.test(x);
      const preY = PRE_RELEASE.test(y);
      if (preX !== preY) return preX ? -1 : 1;
      return preX && x.charAt(0) !== y.charAt(0) ? compareText(x, y) : undefined;
    }
    return 0;
  },
};

/** The end of a version counts as the number 0. */
function isNumber(run: string): boolean {
  return run === '' || allDigits(run);
}

function runs(version: string): string[] | undefined {
  const text = version
    .trim()
    .toLowerCase()
    .replace(/^v(?=\d)/, '')
    .replace(/\+.*$/, '');
  if (!/^\d[0-9a-z._~-]*$/.test(text)) return undefined;
  return text.match(/[0-9]+|[a-z]+/g) ?? [];
}
