import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE64_PADDED } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({
    id: 'upstash-token',
    title: 'Upstash token',
    words: ['upstash'],
    value: [run(BASE64_PADDED, 40, 70)],
  }),
];
