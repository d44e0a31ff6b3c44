import type { SecretRule } from '../rule.ts';
import { HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({ id: 'openrouter-api-key', title: 'OpenRouter API key', prefixes: ['sk-or-v1-'], parts: [run(HEX, 64)] }),
];
