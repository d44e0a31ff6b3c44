import { counted } from '../model/counted.ts';
import type { Package } from '../model/package.ts';
import type { Problem } from '../model/problem.ts';
import { type AssembledPackage, evidenceRoot } from './assemble-packages.ts';
import type { Fact } from './detection.ts';
import type { Ownership } from './ownership.ts';

/**
 * The purl of a copy inside another package, stated by a file of that package. Package managers do not list such copies,
 * so neither does the report; the property `bundles` of the package that carries them does.
 */
export const BUNDLES_FACT = 'bundles';

/** The copies of all packages, and those of none. */
export interface Bundles {
  /** Bundled purls by the id of the package that carries them, sorted and separated by blanks. */
  readonly of: ReadonlyMap<Package['id'], string>;
  readonly problems: readonly Problem[];
}

/** Finds the package that carries each copy: the one beside whose metadata, or in whose file list, the stating file is. */
export function bundlesOf(
  facts: readonly (Fact & { readonly layer: number })[],
  packages: readonly AssembledPackage[],
  { ownership, unlinked }: { readonly ownership: Ownership; readonly unlinked: ReadonlySet<string> },
): Bundles {
  const stated = facts.filter(({ name }) => name === BUNDLES_FACT);
  const purls = new Map<Package['id'], Set<string>>();
  const lost = new Map<string, { readonly layer: number; readonly count: number }>();
  if (stated.length === 0) return { of: new Map(), problems: [] };
  const byFolder = new Map<string, Package['id']>();
  for (const { package: found, claims } of packages) {
    if (found.state !== 'present') continue;
    for (const { claim } of claims) byFolder.set(folderOf(evidenceRoot(claim.evidence)), found.id);
  }
  for (const { path, value, layer } of stated) {
    const carrier = byFolder.get(folderOf(folderOf(path))) ?? ownership.of(path)?.owner.package.id;
    if (carrier !== undefined) purls.set(carrier, (purls.get(carrier) ?? new Set<string>()).add(value));
    else if (!isBelow(path, unlinked)) lost.set(path, { layer, count: (lost.get(path)?.count ?? 0) + 1 });
  }
  return {
    of: new Map([...purls].map(([id, values]) => [id, [...values].sort().join(' ')])),
    problems: [...lost].map(([path, { layer, count }]) => ({
      code: 'PLM_SBOM_COMPONENT',
      layer,
      path,
      detail: `${counted(count, 'copy', 'copies')} bundled with a package that nothing names: not in this report`,
    })),
  };
}

/** The folder a file or folder is in; empty for the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function isBelow(path: string, folders: ReadonlySet<string>): boolean {
  for (let at = folderOf(path); at !== ''; at = folderOf(at)) if (folders.has(at)) return true;
  return false;
}
