import type { LicenseDifference } from '../../model/image-diff.ts';
import type { UnjudgedAnalysis } from '../../policy/gates/evaluate.ts';

/** Licences that packages of one final file system alone are under. */
export function compareLicenses(before: UnjudgedAnalysis, after: UnjudgedAnalysis): readonly LicenseDifference[] {
  const [old, now] = [presentLicenses(before), presentLicenses(after)];
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((license): readonly LicenseDifference[] => {
    const [left, right] = [old.get(license), now.get(license)];
    if (left === undefined) return right === undefined ? [] : [{ license, change: 'added', packageIds: right }];
    return right === undefined ? [{ license, change: 'removed', packageIds: left }] : [];
  });
}

function presentLicenses({ packages, licenses }: UnjudgedAnalysis): ReadonlyMap<string, readonly string[]> {
  const present = new Set(packages.filter(({ state }) => state === 'present').map(({ id }) => id));
  return new Map(
    licenses
      .map(({ license, packageIds }) => [license, packageIds.filter((id) => present.has(id))] as const)
      .filter(([, packageIds]) => packageIds.length > 0),
  );
}
