import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { uuid } from '../shapes/parts.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({ id: 'codecov-token', title: 'Codecov upload token', words: ['codecov'], value: [...uuid()] }),
];
