import { hash } from 'node:crypto';
import type { Advisory, AffectedPackage } from '../../model/advisory.ts';
import type { Canary } from '../trust/release.ts';

/** Candidates kept for each ecosystem: some will not pass the probe, two are enough for a release. */
const CANDIDATES = 12;

interface Candidate extends Canary {
  /** Digest of the id: spreads the choice over the feed and does not depend on the order of reading. */
  readonly rank: string;
}

/** Gathers canary candidates of each ecosystem while a build streams advisories. */
export class CanaryCandidates {
  readonly #candidates = new Map<string, Candidate[]>();

  add(advisory: Advisory): void {
    if (advisory.withdrawn !== undefined) return;
    for (const affected of advisory.affected) this.#offer(advisory.id, affected);
  }

  /** One list for each ecosystem, both in an order that depends on the feeds alone. */
  byEcosystem(): readonly (readonly Canary[])[] {
    return [...this.#candidates]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([, list]) => list.map(({ rank: _, ...canary }) => canary));
  }

  #offer(advisory: string, { ecosystem, name, ...affected }: AffectedPackage): void {
    const version = affectedVersion(affected);
    if (version === undefined) return;
    const rank = hash('sha256', `${advisory}\n${name}`);
    const list = this.#candidates.get(ecosystem) ?? [];
    const last = list.at(-1);
    if (list.length >= CANDIDATES && last !== undefined && last.rank <= rank) return;
    list.push({ ecosystem, name, version, advisory, rank });
    list.sort((left, right) => (left.rank < right.rank ? -1 : 1));
    this.#candidates.set(ecosystem, list.slice(0, CANDIDATES));
  }
}

/** A version the advisory names as affected: a listed one, the last affected, or the first of a range. */
function affectedVersion({ versions, ranges }: Pick<AffectedPackage, 'versions' | 'ranges'>): string | undefined {
  const listed = versions[0];
  if (listed !== undefined) return listed;
  const events = ranges.flatMap((range) => range.events);
  const last = events.flatMap((event) => ('lastAffected' in event ? [event.lastAffected] : []))[0];
  return last ?? events.flatMap((event) => ('introduced' in event ? [event.introduced] : []))[0];
}
