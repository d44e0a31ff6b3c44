import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE62 } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({
    id: 'fireworks-api-key',
    title: 'Fireworks AI key',
    words: ['fireworks'],
    value: ['fw_', run(BASE62, 24)],
  }),
];
