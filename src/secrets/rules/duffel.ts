import type { SecretRule } from '../rule.ts';
import { BASE64URL } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'duffel-token',
    title: 'Duffel API token',
    prefixes: ['duffel_live_', 'duffel_test_'],
    parts: [run(BASE64URL, 43)],
  }),
];
