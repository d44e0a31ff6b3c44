import type { SecretRule } from '../rule.ts';
import { LOWER_ALNUM } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'akamai-credential',
    title: 'Akamai EdgeGrid credential',
    prefixes: ['akab-'],
    parts: [run(LOWER_ALNUM, 16), '-', run(LOWER_ALNUM, 16)],
  }),
];
