import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE62 } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({
    id: 'cohere-api-key',
    title: 'Cohere API key',
    words: ['cohere', 'co_api_key'],
    value: [run(BASE62, 40)],
  }),
];
