import type { SecretRule } from '../rule.ts';
import { BASE64URL, DIGIT } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'cloudinary-url',
    title: 'Cloudinary URL with secret',
    prefixes: ['cloudinary://'],
    parts: [run(DIGIT, 12, 16), ':', run(BASE64URL, 24, 30), '@', run(BASE64URL, 3, 60)],
  }),
];
