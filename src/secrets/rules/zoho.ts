import type { SecretRule } from '../rule.ts';
import { HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'zoho-token',
    title: 'Zoho OAuth token',
    prefixes: ['1000.'],
    parts: [run(HEX, 32), '.', run(HEX, 32)],
  }),
];
