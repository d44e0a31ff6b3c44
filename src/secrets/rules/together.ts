import type { SecretRule } from '../rule.ts';
import { BASE64URL } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({ id: 'together-api-key', title: 'Together AI key', prefixes: ['tgp_v1_'], parts: [run(BASE64URL, 43)] }),
];
