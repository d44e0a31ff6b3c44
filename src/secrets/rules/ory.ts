import type { SecretRule } from '../rule.ts';
import { BASE62 } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'ory-token',
    title: 'Ory API key',
    prefixes: ['ory_pat_', 'ory_st_', 'ory_at_'],
    parts: [run(BASE62, 32, 90)],
  }),
];
