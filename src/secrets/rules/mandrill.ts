import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE64URL } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({
    id: 'mandrill-api-key',
    title: 'Mandrill API key',
    words: ['mandrill'],
    value: ['md-', run(BASE64URL, 22)],
  }),
  assignedRule({
    id: 'mandrill-legacy-key',
    title: 'Mandrill API key (older form)',
    words: ['mandrill'],
    value: [run(BASE64URL, 22)],
  }),
];
