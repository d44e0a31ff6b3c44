import type { SecretRule } from '../rule.ts';
import { BASE62 } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({ id: 'tavily-api-key', title: 'Tavily API key', prefixes: ['tvly-'], parts: [run(BASE62, 32)] }),
  tokenRule({
    id: 'tavily-dev-key',
    title: 'Tavily development key',
    prefixes: ['tvly-dev-'],
    parts: [run(BASE62, 32)],
  }),
];
