import type { SecretRule } from '../rule.ts';
import { DIGIT, LOWER_ALNUM } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'zapier-webhook',
    title: 'Zapier webhook',
    prefixes: ['hooks.zapier.com/hooks/'],
    parts: ['catch/', run(DIGIT, 5, 9), '/', run(LOWER_ALNUM, 6, 9)],
    severity: 'medium',
  }),
];
