import type { AssembledPackage } from './assemble-packages.ts';

/** The candidate whose place shares the longest directory with a package; the first of equals. */
export type Nearest = (from: AssembledPackage) => AssembledPackage | undefined;

interface Place {
  readonly path: string;
  /** Position among the candidates. */
  readonly order: number;
}

/** Finds the nearest of many candidates without looking at all of them each time: thousands of copies need each other. */
export function nearestByPlace(candidates: readonly AssembledPackage[]): Nearest {
  const places = candidates
    .flatMap((candidate, order) => candidate.package.locations.map(({ path }): Place => ({ path, order })))
    .sort((left, right) => (left.path < right.path ? -1 : Number(left.path > right.path)));
  const known = new Map<string, AssembledPackage | undefined>();
  return (from) => {
    const own = from.package.locations[0].path;
    const at = positionOf(places, own);
    // No path shares more with this one than its neighbours in order do.
    const shared = Math.max(commonDirectory(own, pathAt(places, at - 1)), commonDirectory(own, pathAt(places, at)));
    const directory = own.slice(0, shared + 1);
    if (!known.has(directory)) known.set(directory, candidates[firstBelow(places, at, directory)]);
    return known.get(directory);
  };
}

/** Where the last slash stands in what two paths begin with. */
export function commonDirectory(left: string, right: string): number {
  let slash = 0;
  for (let at = 0; at < left.length && left[at] === right[at]; at += 1) if (left[at] === '/') slash = at;
  return slash;
}

function pathAt(places: readonly Place[], at: number): string {
  return places[at]?.path ?? '';
}

/** The position of the first path that does not stand before this one. */
function positionOf(places: readonly Place[], path: string): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (pathAt(places, middle) < path) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first candidate in a directory; its places stand in a row around `at`. */
function firstBelow(places: readonly Place[], at: number, directory: string): number {
  let first = Number.POSITIVE_INFINITY;
  for (let index = at - 1; pathAt(places, index).startsWith(directory); index -= 1)
    first = Math.min(first, places[index]?.order ?? first);
  for (let index = at; pathAt(places, index).startsWith(directory); index += 1)
    first = Math.min(first, places[index]?.order ?? first);
  return first;
}
