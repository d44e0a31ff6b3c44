import type { PackageDifference } from '../../model/image-diff.ts';
import type { Package } from '../../model/package.ts';

/** Packages by type, namespace and name; a package that exists in several versions is compared as a set. */
export function comparePackages(before: readonly Package[], after: readonly Package[]): readonly PackageDifference[] {
  const left = versionsByName(before);
  const right = versionsByName(after);
  const differences: PackageDifference[] = [];
  for (const key of [...new Set([...left.keys(), ...right.keys()])].sort()) {
    const old = left.get(key);
    const now = right.get(key);
    const sample = now?.sample ?? old?.sample;
    if (sample === undefined) continue;
    const gone = [...(old?.versions ?? [])].filter((version) => now?.versions.has(version) !== true).sort();
    const come = [...(now?.versions ?? [])].filter((version) => old?.versions.has(version) !== true).sort();
    if (gone.length === 0 && come.length === 0) continue;
    differences.push({
      type: sample.type,
      ...(sample.namespace === undefined ? {} : { namespace: sample.namespace }),
      name: sample.name,
      change: old === undefined ? 'added' : now === undefined ? 'removed' : 'changed',
      before: gone,
      after: come,
    });
  }
  return differences;
}

function versionsByName(
  packages: readonly Package[],
): Map<string, { readonly sample: Package; readonly versions: Set<string> }> {
  const byName = new Map<string, { readonly sample: Package; readonly versions: Set<string> }>();
  for (const item of packages) {
    const key = `${item.type}\0${item.namespace ?? ''}\0${item.name}\0${item.arch ?? ''}`;
    const known = byName.get(key);
    if (known === undefined) byName.set(key, { sample: item, versions: new Set([item.version]) });
    else known.versions.add(item.version);
  }
  return byName;
}
