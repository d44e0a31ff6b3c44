import type { SecretRule } from '../rule.ts';
import { BASE64URL } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({ id: 'nvidia-api-key', title: 'NVIDIA API key', prefixes: ['nvapi-'], parts: [run(BASE64URL, 60, 70)] }),
];
