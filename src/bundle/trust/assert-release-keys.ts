import { PlimsollError } from '../../errors.ts';
import type { Root } from './root.ts';
import type { SigningKey } from './signing-key.ts';

/**
 * Refuses a key whose signature no reader of a release will count, before the bundle is carried to where nobody accepts it.
 * Throws PLM_TRUST_KEY.
 */
export function assertReleaseKeys(keys: readonly SigningKey[], { releaseRole }: Root): void {
  const known = new Set(releaseRole.keys.map(({ id }) => id));
  for (const { publicKey } of keys) {
    if (known.has(publicKey.id)) continue;
    throw new PlimsollError('PLM_TRUST_KEY', `key ${publicKey.id.slice(0, 12)} may not sign releases under this root`, {
      hint: `its release keys are ${[...known].map((id) => id.slice(0, 12)).join(', ')}; plimsoll trust show --root root.json`,
    });
  }
}
