import type { SecretRule } from '../rule.ts';
import { LOWER_ALNUM } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({ id: 'nuget-api-key', title: 'NuGet API key', prefixes: ['oy2'], parts: [run(LOWER_ALNUM, 43)] }),
];
