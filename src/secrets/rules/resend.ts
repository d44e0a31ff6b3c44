import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE62 } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({
    id: 'resend-api-key',
    title: 'Resend API key',
    words: ['resend'],
    value: ['re_', run(BASE62, 8), '_', run(BASE62, 24)],
  }),
];
