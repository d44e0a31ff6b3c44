import type { SecretRule } from '../rule.ts';
import { BASE62 } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({ id: 'xai-api-key', title: 'xAI API key', prefixes: ['xai-'], parts: [run(BASE62, 80)] }),
];
