import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE64URL } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'contentful-pat',
    title: 'Contentful management token',
    prefixes: ['CFPAT-'],
    parts: [run(BASE64URL, 43)],
  }),
  assignedRule({
    id: 'contentful-delivery-key',
    title: 'Contentful delivery key',
    words: ['contentful'],
    value: [run(BASE64URL, 43)],
  }),
];
