import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE64URL, LOWER_ALNUM } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'dropbox-short-token',
    title: 'Dropbox short-lived token',
    prefixes: ['sl.u.', 'sl.B', 'sl.A', 'sl.h', 'sl.l'],
    parts: [run(BASE64URL, 120, 1200)],
  }),
  assignedRule({ id: 'dropbox-token', title: 'Dropbox access token', words: ['dropbox'], value: [run(BASE64URL, 64)] }),
  assignedRule({
    id: 'dropbox-app-secret',
    title: 'Dropbox app secret',
    words: ['dropbox'],
    value: [run(LOWER_ALNUM, 15)],
    names: ['secret'],
  }),
];
