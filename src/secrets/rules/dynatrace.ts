import type { SecretRule } from '../rule.ts';
import { UPPER_ALNUM } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'dynatrace-token',
    title: 'Dynatrace token',
    prefixes: ['dt0c01.', 'dt0s16.', 'dt0s01.', 'dt0s02.', 'dt0s08.'],
    parts: [run(UPPER_ALNUM, 8, 24), '.', run(UPPER_ALNUM, 64)],
  }),
];
