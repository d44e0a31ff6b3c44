import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE62 } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({
    id: 'ngrok-authtoken',
    title: 'ngrok auth token',
    words: ['ngrok'],
    value: [run(BASE62, 20, 30), '_', run(BASE62, 15, 25)],
  }),
];
