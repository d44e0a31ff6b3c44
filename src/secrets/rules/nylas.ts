import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { LOWER_ALNUM } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({ id: 'nylas-token', title: 'Nylas token', words: ['nylas'], value: [run(LOWER_ALNUM, 28, 30)] }),
];
