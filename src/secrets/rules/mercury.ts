import type { SecretRule } from '../rule.ts';
import { WORD } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'mercury-token',
    title: 'Mercury token',
    prefixes: ['secret-token:mercury_'],
    parts: [run(WORD, 40, 120)],
  }),
];
