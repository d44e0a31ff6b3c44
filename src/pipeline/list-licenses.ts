import { compareText } from '../bytes/compare-text.ts';
import type { Fact } from '../detect/detection.ts';
import type { Analysis } from '../model/analysis.ts';
import type { Package } from '../model/package.ts';

/** Licences with the packages that declare them and the files whose text they are; sorted. */
export function listLicenses(packages: readonly Package[], facts: readonly Fact[]): Analysis['licenses'] {
  const byLicense = new Map<string, { packageIds: Set<string>; files: Set<string> }>();
  const entry = (license: string): { packageIds: Set<string>; files: Set<string> } => {
    const known = byLicense.get(license) ?? { packageIds: new Set<string>(), files: new Set<string>() };
    byLicense.set(license, known);
    return known;
  };
  for (const found of packages) for (const license of found.licenses) entry(license).packageIds.add(found.id);
  for (const fact of facts) if (fact.name === 'licence-file') entry(fact.value).files.add(fact.path);
  return [...byLicense]
    .sort(([left], [right]) => compareText(left, right))
    .map(([license, { packageIds, files }]) => ({
      license,
      packageIds: [...packageIds].sort(),
      ...(files.size === 0 ? {} : { files: [...files].sort() }),
    }));
}
