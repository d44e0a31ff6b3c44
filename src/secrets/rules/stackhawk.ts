import type { SecretRule } from '../rule.ts';
import { BASE64URL } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'stackhawk-api-key',
    title: 'StackHawk API key',
    prefixes: ['hawk.'],
    parts: [run(BASE64URL, 20), '.', run(BASE64URL, 20)],
  }),
];
