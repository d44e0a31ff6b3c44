import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE64URL } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({
    id: 'gocardless-token',
    title: 'GoCardless access token',
    words: ['gocardless'],
    value: ['live_', run(BASE64URL, 40, 42)],
  }),
];
