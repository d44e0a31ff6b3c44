import type { SecretRule } from '../rule.ts';
import { LOWER_ALNUM } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({ id: 'neon-api-key', title: 'Neon API key', prefixes: ['napi_'], parts: [run(LOWER_ALNUM, 50, 80)] }),
];
