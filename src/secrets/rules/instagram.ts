import type { SecretRule } from '../rule.ts';
import { BASE64URL } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'instagram-token',
    title: 'Instagram access token',
    prefixes: ['IGQVJ', 'IGQWR'],
    parts: [run(BASE64URL, 80, 300)],
  }),
];
