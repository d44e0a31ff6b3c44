import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE62 } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({
    id: 'coveralls-token',
    title: 'Coveralls repository token',
    words: ['coveralls'],
    value: [run(BASE62, 32, 37)],
  }),
];
