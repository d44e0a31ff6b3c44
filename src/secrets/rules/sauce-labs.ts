import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { uuid } from '../shapes/parts.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({
    id: 'sauce-access-key',
    title: 'Sauce Labs access key',
    words: ['sauce_access', 'sauce_key', 'saucelabs'],
    value: [...uuid()],
    names: [],
  }),
];
