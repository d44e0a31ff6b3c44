import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE64 } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({
    id: 'intercom-token',
    title: 'Intercom access token',
    words: ['intercom'],
    value: [run(BASE64, 59), '='],
  }),
];
