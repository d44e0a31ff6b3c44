import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({
    id: 'codeclimate-token',
    title: 'Code Climate reporter token',
    words: ['codeclimate', 'cc_test_reporter'],
    value: [run(HEX, 64)],
    names: [],
  }),
];
