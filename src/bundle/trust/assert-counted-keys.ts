import { PlimsollError } from '../../errors.ts';
import type { SigningKey } from './signing-key.ts';
import type { TrustedKey } from './trusted-key.ts';

/**
 * Refuses a key whose signature on `what` no reader will count, before the signed file is carried to where nobody accepts it.
 * Throws PLM_TRUST_KEY.
 */
export function assertCountedKeys(
  keys: readonly SigningKey[],
  counted: readonly TrustedKey[],
  what: 'releases under this root' | 'this root',
): void {
  const known = new Set(counted.map(({ id }) => id));
  const foreign = keys.find(({ publicKey }) => !known.has(publicKey.id));
  if (foreign === undefined) return;
  throw new PlimsollError('PLM_TRUST_KEY', `key ${shortId(foreign.publicKey.id)} may not sign ${what}`, {
    hint: `those that may are ${[...known].map(shortId).join(', ')}; plimsoll trust show --root root.json`,
  });
}

function shortId(id: string): string {
  return id.slice(0, 12);
}
