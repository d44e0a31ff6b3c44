import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE62 } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({
    id: 'nightfall-key',
    title: 'Nightfall API key',
    words: ['nightfall'],
    value: ['NF-', run(BASE62, 32)],
  }),
];
