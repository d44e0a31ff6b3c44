import type { SecretRule } from '../rule.ts';
import { BASE62 } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'tailscale-key',
    title: 'Tailscale key',
    prefixes: ['tskey-auth-', 'tskey-api-', 'tskey-client-', 'tskey-scim-', 'tskey-webhook-'],
    parts: [run(BASE62, 8, 20), '-', run(BASE62, 16, 40)],
  }),
];
