import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE64URL } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({
    id: 'beamer-api-token',
    title: 'Beamer API token',
    words: ['beamer'],
    value: ['b_', run(BASE64URL, 44)],
    names: [],
  }),
];
