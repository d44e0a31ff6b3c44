import { PlimsollError } from '../../errors.ts';
import type { EcosystemCount, Release } from '../trust/release.ts';

/** An ecosystem may lose a twentieth of its rows from one release to the next. */
const ALLOWED_SHARE = 0.95;
/** Small ecosystems may lose this many rows: one withdrawn advisory is often more than a twentieth. */
const ALLOWED_ROWS = 10;

/**
 * Refuses a release that has lost a large part of an ecosystem which the installed one covers: a stolen key or a broken
 * feed would turn findings into silence. Throws PLM_BUNDLE_DROP naming all of them.
 */
export function assertNoDrop(installed: Release, next: Release, allowed: readonly string[]): void {
  const permitted = new Set([...next.dropAllowed, ...allowed]);
  if (permitted.has('*')) return;
  const dropped = [...installed.counts]
    .filter(([ecosystem, before]) => !permitted.has(ecosystem) && isDrop(before, next.counts.get(ecosystem)))
    .map(([ecosystem, before]) => `${ecosystem} ${before.rows} -> ${next.counts.get(ecosystem)?.rows ?? 0}`);
  if (dropped.length === 0) return;
  throw new PlimsollError(
    'PLM_BUNDLE_DROP',
    `the bundle lost advisories that the installed one has: ${dropped.join(', ')}`,
    {
      hint: 'where that is meant, the builder names them with --drop-allowed, or the operator with --allow-drop',
    },
  );
}

function isDrop(before: EcosystemCount, after: EcosystemCount | undefined): boolean {
  if (after === undefined || after.rows === 0) return before.rows > 0;
  return after.rows < before.rows * ALLOWED_SHARE && before.rows - after.rows > ALLOWED_ROWS;
}

/** Refuses a release whose index does not hold what it says, or that holds no advisory at all. Throws PLM_BUNDLE_COUNTS. */
export function assertCounts(release: Release, found: ReadonlyMap<string, EcosystemCount>): void {
  if (found.size === 0) throw new PlimsollError('PLM_BUNDLE_COUNTS', 'the bundle holds no advisories at all');
  const names = new Set([...release.counts.keys(), ...found.keys()]);
  for (const name of names) {
    const stated = release.counts.get(name);
    const real = found.get(name);
    if (stated !== undefined && stated.rows === real?.rows && stated.advisories === real.advisories) continue;
    const detail = `${stated?.rows ?? 0} rows stated, ${real?.rows ?? 0} found`;
    throw new PlimsollError('PLM_BUNDLE_COUNTS', `the index of ${name} is not what the release states: ${detail}`);
  }
}
