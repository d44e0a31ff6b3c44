import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE62 } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({
    id: 'storecove-api-key',
    title: 'Storecove API key',
    words: ['storecove'],
    value: ['storecove_', run(BASE62, 38, 43)],
    names: [],
  }),
];
