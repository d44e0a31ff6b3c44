import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE62, DIGIT } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({
    id: 'clickup-token',
    title: 'ClickUp personal token',
    words: ['clickup'],
    value: ['pk_', run(DIGIT, 6, 10), '_', run(BASE62, 32)],
  }),
];
