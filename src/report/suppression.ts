import type { Suppression, Vulnerability } from '../model/finding.ts';

/**
 * What a suppression says about the flaw. `notAffected`: the image does not have it (a VEX statement, the distribution's
 * verdict, a package without the code); `fixed`: it had it, and a VEX statement says that it was mended; `accepted`: it may have it and someone decided to live with it; `filtered`: this
 * run was only asked not to show it.
 */
export type SuppressionMeaning = 'notAffected' | 'fixed' | 'accepted' | 'filtered';

const ACCEPTED: readonly string[] = ['ignored', 'baseline'];
const FILTERED: readonly string[] = ['severity', 'unfixed'];

/** What a suppression states about the flaw: an accepted risk is still there, and a display filter states nothing. */
export function suppressionMeaning(suppressed: Suppression, status: Vulnerability['status']): SuppressionMeaning {
  if (status === 'not-affected') return 'notAffected';
  if (suppressed.reason === 'vex-fixed') return 'fixed';
  if (ACCEPTED.includes(suppressed.reason)) return 'accepted';
  return FILTERED.includes(suppressed.reason) ? 'filtered' : 'notAffected';
}

/** Reason and rule in one line. */
export function suppressionText({ reason, rule }: Suppression): string {
  return rule === undefined ? reason : `${reason}: ${rule}`;
}
