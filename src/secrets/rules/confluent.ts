import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE64 } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({
    id: 'confluent-secret',
    title: 'Confluent Cloud secret',
    words: ['confluent'],
    value: [run(BASE64, 64)],
  }),
  tokenRule({
    id: 'confluent-api-secret',
    title: 'Confluent Cloud API secret',
    prefixes: ['cflt'],
    parts: [run(BASE64, 60)],
  }),
];
