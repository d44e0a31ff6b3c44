import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE62, BASE64_PADDED } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'linkedin-prefixed-client-secret',
    title: 'LinkedIn client secret',
    prefixes: ['WPL_AP1.'],
    parts: [run(BASE62, 16), '.', run(BASE64_PADDED, 8)],
  }),
  assignedRule({
    id: 'linkedin-client-secret',
    title: 'LinkedIn client secret (older form)',
    words: ['linkedin'],
    value: [run(BASE62, 16)],
    names: ['secret'],
  }),
];
