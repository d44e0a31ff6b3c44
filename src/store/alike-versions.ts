import { NONE, ROW } from '../bundle/index/segment-format.ts';
import type { BundleReader } from '../match/bundle-reader.ts';
import { candidatesOf, languageSegment } from '../match/candidates.ts';
import type { Component } from './component.ts';
import { asPackage } from './component-names.ts';

/** A component's place among those with which it shares all but the version its findings name. */
export interface Likeness {
  readonly key: string;
  /** The version that reasons name, in the form in which it was compared. */
  readonly version: string;
}

/**
 * Tells which components have equal findings: packages of one name of a language whose versions no bound of any of the
 * name's rows lies between. Popular packages are archived in dozens of versions and an advisory cuts them in two or three
 * pieces. Packages of distributions and what they own are not grouped: builds of one source may differ in more.
 */
export class AlikeVersions {
  readonly #reader: BundleReader;
  readonly #bounds = new Map<string, readonly number[] | undefined>();

  constructor(reader: BundleReader) {
    this.#reader = reader;
  }

  /** Undefined where only a match of its own can tell. */
  of({ package: found, owner, distro }: Component): Likeness | undefined {
    if (languageSegment(found.type) === undefined || owner !== undefined || distro !== undefined) return undefined;
    const [candidate] = candidatesOf(asPackage(found), undefined);
    const segment = candidate === undefined ? undefined : this.#reader.segment(candidate.segment);
    if (candidate === undefined || segment === undefined) return undefined;
    const bounds = this.#boundsOf(candidate.segment, candidate.name);
    const position = segment.positionOf(candidate.version);
    if (bounds === undefined || position === undefined) return undefined;
    const below = bounds.filter((bound) => bound < position).length;
    const { version: _version, purl: _purl, ...rest } = found;
    const key = JSON.stringify([rest, below, bounds[below] === position]);
    return { key, version: candidate.version };
  }

  /** Positions of all versions that rows of the name are bounded or fixed by, ascending; undefined where texts are compared. */
  #boundsOf(segmentKey: string, name: string): readonly number[] | undefined {
    const place = `${segmentKey}\0${name}`;
    if (this.#bounds.has(place)) return this.#bounds.get(place);
    const bounds = this.#readBounds(segmentKey, name);
    this.#bounds.set(place, bounds);
    return bounds;
  }

  #readBounds(segmentKey: string, name: string): readonly number[] | undefined {
    const segment = this.#reader.segment(segmentKey);
    if (segment === undefined) return undefined;
    const { columns } = segment;
    const bounds = new Set<number>();
    const [first, end] = segment.rowsOf(name);
    for (let row = first; row < end; row += 1) {
      if (((columns.flags[row] ?? 0) & ROW.runtime) !== 0) return undefined;
      for (const version of [columns.low[row], columns.high[row], columns.fixed[row]]) {
        if (version === undefined || version === NONE) continue;
        const key = columns.versionKey[version] ?? NONE;
        if (key === NONE) return undefined;
        bounds.add(2 * key + 1);
      }
    }
    return [...bounds].sort((left, right) => left - right);
  }
}
