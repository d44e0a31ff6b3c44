import { entropy } from '../plausible.ts';
import type { SecretRule } from '../rule.ts';
import { BASE64_PADDED, HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

/** Tokens that keep their prefix and length but do not decode to what they say. */
export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'grafana-cloud-token-form',
    title: 'Grafana Cloud access policy token (form only)',
    prefixes: ['glc_'],
    parts: [run(BASE64_PADDED, 80, 400)],
    check: (token) => (entropy(token) >= 4 ? { verdict: 'contextual' } : undefined),
  }),
  tokenRule({
    id: 'datadog-prefixed-api-key',
    title: 'Datadog API key with its name',
    prefixes: ['dd-apikey-', 'dd-api-key-'],
    parts: [run(HEX, 32)],
    verdict: 'contextual',
  }),
];
