import type { PackageDraft } from '../../model/package.ts';
import type { Crate } from './parse-dependency-list.ts';

/** All crates of one program. A program may hold two versions of a crate, so edges name the version too. */
export function toPackages(crates: readonly (Crate | undefined)[]): PackageDraft[] {
  return crates.flatMap((crate) => (crate === undefined ? [] : [toPackage(crate, crates)]));
}

function toPackage(crate: Crate, crates: readonly (Crate | undefined)[]): PackageDraft {
  const needed = crate.dependencies.flatMap((index) => crates[index] ?? []);
  const properties = {
    ...(crate.root && { main: 'true' }),
    ...(crate.source !== 'crates.io' && { source: crate.source }),
  };
  return {
    type: 'cargo',
    name: crate.name,
    version: crate.version,
    ...(crate.buildOnly && { scope: 'development' as const }),
    provides: [exactName(crate)],
    ...(needed.length > 0 && { dependsOn: [...new Set(needed.map(exactName))].sort() }),
    ...(Object.keys(properties).length > 0 && { properties }),
  };
}

function exactName({ name, version }: Crate): string {
  return `${name}@${version}`;
}
