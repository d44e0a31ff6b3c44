import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE64URL } from '../shapes/char-set.ts';
import { run, UUID_ANY } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({ id: 'heroku-api-key', title: 'Heroku API key', prefixes: ['HRKU-AA'], parts: [run(BASE64URL, 58)] }),
  assignedRule({
    id: 'heroku-legacy-api-key',
    title: 'Heroku API key (UUID)',
    words: ['heroku'],
    value: [...UUID_ANY],
  }),
];
