import type { AssembledPackage } from './assemble-packages.ts';

/**
 * Resolves the names a package says it needs to ids of packages that are present. Where several packages answer to a
 * name, the one installed nearest (longest common directory) is meant, as with nested `node_modules`.
 */
export function resolveDependencies(packages: readonly AssembledPackage[]): ReadonlyMap<string, readonly string[]> {
  const byName = new Map<string, AssembledPackage[]>();
  const answer = (type: string, name: string, entry: AssembledPackage): void => {
    const key = `${type}\0${name}`;
    const list = byName.get(key);
    if (list === undefined) byName.set(key, [entry]);
    else if (!list.includes(entry)) list.push(entry);
  };
  const present = packages.filter((entry) => entry.package.state === 'present');
  for (const entry of present) {
    const { type, name, namespace } = entry.package;
    answer(type, name, entry);
    if (namespace !== undefined) answer(type, `${namespace}/${name}`, entry);
    for (const provided of entry.draft.provides ?? []) answer(type, provided, entry);
  }
  const edges = new Map<string, readonly string[]>();
  for (const entry of present) {
    const needed = new Set<string>();
    for (const name of entry.draft.dependsOn ?? []) {
      const target = nearest(entry, byName.get(`${entry.package.type}\0${name}`) ?? []);
      if (target !== undefined && target !== entry) needed.add(target.package.id);
    }
    if (needed.size > 0) edges.set(entry.package.id, [...needed].sort());
  }
  return edges;
}

function nearest(from: AssembledPackage, candidates: readonly AssembledPackage[]): AssembledPackage | undefined {
  if (candidates.length < 2) return candidates[0];
  const own = from.package.locations[0].path;
  let best: AssembledPackage | undefined;
  let bestLength = -1;
  for (const candidate of candidates) {
    for (const location of candidate.package.locations) {
      const length = commonDirectory(own, location.path);
      if (length > bestLength) {
        best = candidate;
        bestLength = length;
      }
    }
  }
  return best;
}

function commonDirectory(left: string, right: string): number {
  let slash = 0;
  for (let at = 0; at < left.length && left[at] === right[at]; at += 1) if (left[at] === '/') slash = at;
  return slash;
}
