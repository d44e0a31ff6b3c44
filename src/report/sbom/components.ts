import type { Analysis } from '../../model/analysis.ts';
import type { Package } from '../../model/package.ts';
import type { ReportOptions } from '../format.ts';

/** The packages an SBOM lists: with `--no-history` only those of the final file system. */
export function listedPackages(analysis: Analysis, options: ReportOptions): readonly Package[] {
  return options.history ? analysis.packages : analysis.packages.filter((item) => item.state === 'present');
}

/** Ids a package needs that the SBOM lists; undefined where its format does not say what it needs. */
export function neededIds(item: Package, listed: ReadonlySet<string>): readonly string[] | undefined {
  return item.dependsOn?.filter((id) => listed.has(id));
}

/**
 * The packages the image depends on directly: those no other package needs, and one of every cycle that nothing else
 * reaches, so that every package is reachable from the image.
 */
export function rootIds(packages: readonly Package[]): readonly string[] {
  const byId = new Map(packages.map((item) => [item.id, item]));
  const needed = new Set(packages.flatMap((item) => (item.dependsOn ?? []).filter((id) => id !== item.id)));
  const roots = packages.filter((item) => !needed.has(item.id)).map((item) => item.id);
  const reached = new Set<string>();
  for (const root of roots) reach(root, byId, reached);
  for (const item of packages) {
    if (reached.has(item.id)) continue;
    roots.push(item.id);
    reach(item.id, byId, reached);
  }
  return roots;
}

function reach(start: string, byId: ReadonlyMap<string, Package>, reached: Set<string>): void {
  const pending = [start];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    for (const needed of byId.get(id)?.dependsOn ?? []) if (byId.has(needed)) pending.push(needed);
  }
}
