import type { SecretRule } from '../rule.ts';
import { LOWER_ALNUM } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({ id: 'cerebras-api-key', title: 'Cerebras API key', prefixes: ['csk-'], parts: [run(LOWER_ALNUM, 48)] }),
];
