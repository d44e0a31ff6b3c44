import { createHmac } from 'node:crypto';

/**
 * The key is public and fixed on purpose: fingerprints must be equal on every machine and run so that baselines can
 * be shared. Keying separates them from plain digests that lists of leaked passwords are indexed by; it does not make
 * a short password unguessable, so only 96 bits are kept and reports that hold fingerprints deserve care.
 */
const KEY = 'plimsoll secret fingerprint v1';

/** Stable keyed hash of rule and value: equal for equal secrets wherever they lie. 24 hex digits. */
export function fingerprint(ruleId: string, value: string): string {
  return createHmac('sha256', KEY).update(ruleId).update('\0').update(value, 'latin1').digest('hex').slice(0, 24);
}
