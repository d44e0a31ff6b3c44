import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({ id: 'rollbar-token', title: 'Rollbar access token', words: ['rollbar'], value: [run(HEX, 32)] }),
];
