import type { Package } from '../model/package.ts';
import { type AssembledPackage, evidenceRoot } from './assemble-packages.ts';
import type { Fact } from './detection.ts';
import type { Ownership } from './ownership.ts';

/**
 * The purl of a copy inside another package, stated by a file of that package. Package managers do not list such copies,
 * so neither does the report; the property `bundles` of the package that carries them does.
 */
export const BUNDLES_FACT = 'bundles';

/** Bundled purls by the id of the package that carries them, sorted and separated by blanks. */
export function bundlesOf(
  facts: readonly Fact[],
  packages: readonly AssembledPackage[],
  ownership: Ownership,
): ReadonlyMap<Package['id'], string> {
  const stated = facts.filter(({ name }) => name === BUNDLES_FACT);
  const purls = new Map<Package['id'], Set<string>>();
  if (stated.length === 0) return new Map();
  const byFolder = new Map<string, Package['id']>();
  for (const { package: found, claims } of packages) {
    if (found.state !== 'present') continue;
    for (const { claim } of claims) byFolder.set(folderOf(evidenceRoot(claim.evidence)), found.id);
  }
  for (const { path, value } of stated) {
    const carrier = byFolder.get(folderOf(folderOf(path))) ?? ownership.of(path)?.owner.package.id;
    if (carrier !== undefined) purls.set(carrier, (purls.get(carrier) ?? new Set<string>()).add(value));
  }
  return new Map([...purls].map(([id, values]) => [id, [...values].sort().join(' ')]));
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
