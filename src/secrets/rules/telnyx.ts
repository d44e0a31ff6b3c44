import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE64URL } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({
    id: 'telnyx-api-key',
    title: 'Telnyx API key',
    words: ['telnyx'],
    value: ['KEY', run(BASE64URL, 50, 60)],
    names: [],
  }),
];
