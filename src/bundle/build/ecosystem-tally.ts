import { createHash } from 'node:crypto';
import type { AffectedPackage, Advisory } from '../../model/advisory.ts';
import type { Canary, EcosystemCount } from '../trust/release.ts';

/** Candidates kept for each ecosystem: some will not pass the probe, two are enough for a release. */
const CANDIDATES = 12;

interface Candidate extends Canary {
  /** Digest of the id: spreads the choice over the feed and does not depend on the order of reading. */
  readonly rank: string;
}

/** Counts rows and gathers canary candidates per ecosystem while a build streams advisories. */
export class EcosystemTally {
  readonly #counts = new Map<string, { advisories: number; rows: number }>();
  readonly #candidates = new Map<string, Candidate[]>();

  add(advisory: Advisory): void {
    if (advisory.withdrawn !== undefined) return;
    const seen = new Set<string>();
    for (const affected of advisory.affected) {
      const count = this.#counts.get(affected.ecosystem) ?? { advisories: 0, rows: 0 };
      count.rows++;
      if (!seen.has(affected.ecosystem)) count.advisories++;
      seen.add(affected.ecosystem);
      this.#counts.set(affected.ecosystem, count);
      this.#offer(advisory.id, affected);
    }
  }

  counts(): ReadonlyMap<string, EcosystemCount> {
    return new Map([...this.#counts].sort(([left], [right]) => (left < right ? -1 : 1)));
  }

  /** Candidates by ecosystem, in an order that depends on their ids alone. */
  candidates(): ReadonlyMap<string, readonly Canary[]> {
    return new Map(
      [...this.#candidates].map(([ecosystem, list]) => [ecosystem, list.map(({ rank: _, ...canary }) => canary)]),
    );
  }

  #offer(advisory: string, { ecosystem, name, ...affected }: AffectedPackage): void {
    const version = affectedVersion(affected);
    if (version === undefined) return;
    const rank = createHash('sha256').update(`${advisory}\n${name}`).digest('hex');
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
