import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE62, charSet, DIGIT } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({
    id: 'twitter-bearer-token',
    title: 'Twitter bearer token',
    words: ['twitter', 'x_bearer', 'bearer_token'],
    names: [],
    value: ['AAAAAAAAAAAAAAAAAAAA', run(charSet('base64, escaped', '0-9A-Za-z%'), 60, 120)],
  }),
  assignedRule({ id: 'twitter-api-secret', title: 'Twitter API secret', words: ['twitter'], value: [run(BASE62, 50)] }),
  assignedRule({
    id: 'twitter-access-token',
    title: 'Twitter access token',
    words: ['twitter'],
    value: [run(DIGIT, 15, 25), '-', run(BASE62, 20, 40)],
  }),
  assignedRule({
    id: 'twitter-access-secret',
    title: 'Twitter access token secret',
    words: ['twitter'],
    value: [run(BASE62, 45)],
  }),
  assignedRule({ id: 'twitter-api-key', title: 'Twitter API key', words: ['twitter'], value: [run(BASE62, 25)] }),
];
