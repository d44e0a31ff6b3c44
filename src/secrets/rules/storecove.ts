import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE64URL } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({
    id: 'storecove-api-key',
    title: 'Storecove API key',
    words: ['storecove'],
    value: [run(BASE64URL, 43)],
  }),
];
