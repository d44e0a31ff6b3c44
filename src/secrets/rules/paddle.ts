import type { SecretRule } from '../rule.ts';
import { BASE62, LOWER_ALNUM } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'paddle-api-key',
    title: 'Paddle API key',
    prefixes: ['pdl_live_apikey_', 'pdl_sdbx_apikey_'],
    parts: [run(LOWER_ALNUM, 26), '_', run(BASE62, 22), '_', run(BASE62, 3)],
  }),
];
