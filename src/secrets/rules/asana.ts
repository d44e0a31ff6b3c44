import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { DIGIT, HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({
    id: 'asana-workspace-pat',
    title: 'Asana personal access token (with workspace)',
    words: ['asana'],
    value: [run(DIGIT, 1), '/', run(DIGIT, 10, 20), '/', run(DIGIT, 10, 20), ':', run(HEX, 32)],
  }),
  assignedRule({
    id: 'asana-pat',
    title: 'Asana personal access token',
    words: ['asana'],
    value: [run(DIGIT, 1), '/', run(DIGIT, 10, 20), ':', run(HEX, 32)],
  }),
];
