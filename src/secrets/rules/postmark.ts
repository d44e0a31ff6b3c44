import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { uuid } from '../shapes/parts.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({
    id: 'postmark-server-token',
    title: 'Postmark server token',
    words: ['postmark'],
    value: [...uuid()],
    names: [],
  }),
];
