import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE64URL } from '../shapes/char-set.ts';
import { run, UUID_ANY } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({ id: 'heroku-api-key', title: 'Heroku API key', prefixes: ['HRKU-'], parts: [run(BASE64URL, 60)] }),
  tokenRule({ id: 'heroku-uuid-api-key', title: 'Heroku API key (UUID)', prefixes: ['HRKU-'], parts: UUID_ANY }),
  assignedRule({
    id: 'heroku-legacy-api-key',
    title: 'Heroku API key (older form)',
    words: ['heroku'],
    value: [...UUID_ANY],
  }),
];
