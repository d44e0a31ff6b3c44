import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { HEX_ANY } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({
    id: 'klaviyo-private-key',
    title: 'Klaviyo private key',
    words: ['klaviyo'],
    value: ['pk_', run(HEX_ANY, 34)],
  }),
];
