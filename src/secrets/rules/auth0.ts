import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE64URL } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({
    id: 'auth0-client-secret',
    title: 'Auth0 client secret',
    words: ['auth0'],
    value: [run(BASE64URL, 64)],
    names: ['secret'],
  }),
];
