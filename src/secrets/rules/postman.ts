import type { SecretRule } from '../rule.ts';
import { BASE62, HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'postman-api-key',
    title: 'Postman API key',
    prefixes: ['PMAK-'],
    parts: [run(HEX, 24), '-', run(HEX, 34)],
  }),
  tokenRule({
    id: 'postman-collection-key',
    title: 'Postman collection access key',
    prefixes: ['PMAT-'],
    parts: [run(BASE62, 26)],
  }),
];
