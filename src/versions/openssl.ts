import { compareText } from '../bytes/compare-text.ts';
import { compareDigits, orderOf } from './digits.ts';
import type { VersionScheme } from './scheme.ts';
import { VersionKey } from './version-key.ts';

export const scheme: VersionScheme = {
  id: 'openssl',
  title: 'OpenSSL versions: letters after 1.x, numbers since 3.0',
  specification: 'https://openssl-library.org/policies/general/versioning-policy/',
  compare(left, right) {
    const a = parse(left);
    const b = parse(right);
    if (a === undefined || b === undefined) return undefined;
    for (let i = 0; i < 3; i++) {
      const order = compareDigits(a.numbers[i] ?? '', b.numbers[i] ?? '');
      if (order !== 0) return order;
    }
    return (
      orderOf(a.phase - b.phase) ||
      compareDigits(a.phaseNumber, b.phaseNumber) ||
      orderOf(a.letters.length - b.letters.length) ||
      compareText(a.letters, b.letters)
    );
  },
  encode(version) {
    const parsed = parse(version);
    if (parsed === undefined) return undefined;
    const key = new VersionKey();
    for (let i = 0; i < 3; i++) key.number(parsed.numbers[i] ?? '');
    return key.byte(parsed.phase).number(parsed.phaseNumber).byte(parsed.letters.length).text(parsed.letters).finish();
  },
};

const PHASES = ['-dev', '-alpha', '-beta', '-pre'];

/** `1.0.2zg`: letters go a … z, za … zz. A build for FIPS or by a vendor (`-fips`) is the same version. */
function parse(version: string) {
  const match =
    /^(\d+)\.(\d+)(?:\.(\d+))?([a-z]{0,4})(-(?:dev|alpha|beta|pre))?(\d*)(?:-(?:fips|dev)[0-9a-z-]*)?$/.exec(version);
  if (match === null) return undefined;
  const [, major = '', minor = '', patch = '', letters = '', phase, phaseNumber = ''] = match;
  return {
    numbers: [major, minor, patch],
    letters,
    phase: phase === undefined ? 9 : PHASES.indexOf(phase),
    phaseNumber,
  };
}
