import type { SecretRule } from '../rule.ts';
import { BASE62 } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({ id: 'perplexity-api-key', title: 'Perplexity API key', prefixes: ['pplx-'], parts: [run(BASE62, 48)] }),
];
