import { compareText } from '../bytes/compare-text.ts';
import type { VersionScheme } from './scheme.ts';
import { compareParts, comparePrerelease, encodeParts, encodePrerelease, parseSemver } from './semver.ts';
import { VersionKey } from './version-key.ts';

export const scheme: VersionScheme = {
  id: 'pub',
  title: 'Dart Pub versions: semantic versions whose build metadata orders too',
  specification: 'https://pub.dev/documentation/pub_semver/latest/pub_semver/Version-class.html',
  compare(left, right) {
    const a = parseSemver(left);
    const b = parseSemver(right);
    if (a === undefined || b === undefined) return undefined;
    const order = compareParts(a.parts, b.parts, 3) || comparePrerelease(a.prerelease, b.prerelease);
    if (order !== 0 || a.build === b.build) return order;
    if (a.build === '' || b.build === '') return compareText(a.build, b.build);
    return comparePrerelease(buildParts(a.build), buildParts(b.build));
  },
  encode(version) {
    const parsed = parseSemver(version);
    if (parsed === undefined) return undefined;
    const key = new VersionKey();
    encodeParts(key, parsed.parts, 3);
    encodePrerelease(key, parsed.prerelease);
    if (parsed.build === '') return key.byte(0).finish();
    encodePrerelease(key.byte(1), buildParts(parsed.build));
    return key.finish();
  },
};

function buildParts(build: string): readonly string[] {
  return build.split('.');
}
