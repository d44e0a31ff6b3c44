import type { SecretRule } from '../rule.ts';
import { LOWER_ALNUM } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({ id: 'readme-api-key', title: 'ReadMe API key', prefixes: ['rdme_'], parts: [run(LOWER_ALNUM, 70)] }),
];
