import type { SecretRule } from '../rule.ts';
import { BASE64URL, HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'jina-api-key',
    title: 'Jina AI API key',
    prefixes: ['jina_'],
    parts: [run(HEX, 32), run(BASE64URL, 28)],
  }),
];
