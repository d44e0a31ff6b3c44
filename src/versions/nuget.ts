import type { VersionScheme } from './scheme.ts';
import { compareParts, comparePrerelease, encodeParts, encodePrerelease, parseSemver } from './semver.ts';
import { VersionKey } from './version-key.ts';

const PARTS = 4;

export const scheme: VersionScheme = {
  id: 'nuget',
  title: 'NuGet versions: up to four parts, letter case ignored',
  specification: 'https://learn.microsoft.com/en-us/nuget/concepts/package-versioning',
  compare(left, right) {
    const a = parse(left);
    const b = parse(right);
    if (a === undefined || b === undefined) return undefined;
    return compareParts(a.parts, b.parts, PARTS) || comparePrerelease(a.prerelease, b.prerelease);
  },
  encode(version) {
    const parsed = parse(version);
    if (parsed === undefined) return undefined;
    const key = new VersionKey();
    encodeParts(key, parsed.parts, PARTS);
    encodePrerelease(key, parsed.prerelease);
    return key.finish();
  },
};

function parse(version: string) {
  const parsed = parseSemver(version.toLowerCase());
  return parsed !== undefined && parsed.parts.length <= PARTS ? parsed : undefined;
}
