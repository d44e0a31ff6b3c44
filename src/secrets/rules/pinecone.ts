import type { SecretRule } from '../rule.ts';
import { BASE62 } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'pinecone-api-key',
    title: 'Pinecone API key',
    prefixes: ['pcsk_'],
    parts: [run(BASE62, 5, 7), '_', run(BASE62, 50, 70)],
  }),
];
