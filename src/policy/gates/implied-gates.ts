import type { State } from '../../model/evidence.ts';
import type { Package } from '../../model/package.ts';
import { packageFits } from './conditions.ts';
import type { Gate, GateConditions } from './policy.ts';

const DATABASE = { on: 'database', max: 0 } as const;

/** Packages without advisories: a gate that finds nothing in them has seen nothing. */
export const COVERAGE_GATE = { ...DATABASE, id: 'coverage', when: { unjudged: { operator: '>', value: 0 } } } as const;
export const STARTER_GATE = {
  ...DATABASE,
  id: 'starter-set',
  when: { starter: true },
  message: 'only the starter set of advisories was used',
} as const;

const EXPIRED_GATE: Gate = {
  ...DATABASE,
  id: 'database-expired',
  action: 'fail',
  when: { expired: true },
  message: 'the advisory bundle has expired',
};

/**
 * What a run with gates is judged by without being asked: an expired bundle fails it, and a gate over vulnerabilities
 * is held only with a warning where the bundle could not speak about packages. Gates that judge the same themselves
 * take their place. They belong into a report where they trip.
 */
export function impliedGates(asked: readonly Gate[]): readonly Gate[] {
  if (asked.length === 0) return [];
  const judged = (name: 'expired' | 'starter' | 'unjudged'): boolean =>
    asked.some(({ when }) => when[name] !== undefined);
  const gates: Gate[] = judged('expired') ? [] : [EXPIRED_GATE];
  if (!asked.some(({ on }) => on === 'vulnerability')) return gates;
  if (!judged('starter')) gates.push({ ...STARTER_GATE, action: 'warn' });
  if (!judged('unjudged')) gates.push({ ...COVERAGE_GATE, action: 'warn' });
  return gates;
}

/** Packages that the vulnerability gates of a run are about: all that count where there is none. */
export function askedPackages(
  packages: readonly Package[],
  asked: readonly Gate[],
  countsState: (state: State, when: GateConditions) => boolean,
): readonly Package[] {
  const conditions = asked.filter(({ on }) => on === 'vulnerability').map(({ when }) => when);
  const about = conditions.length === 0 ? [{}] : conditions;
  return packages.filter((found) => about.some((when) => countsState(found.state, when) && packageFits(when, found)));
}
