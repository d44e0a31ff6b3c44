import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE62 } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({ id: 'mistral-api-key', title: 'Mistral API key', words: ['mistral'], value: [run(BASE62, 32)] }),
];
