import type { SecretRule } from '../rule.ts';
import { BASE62, BASE64URL } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'salesforce-session-id',
    title: 'Salesforce session id',
    prefixes: ['00D'],
    parts: [run(BASE62, 12, 15), '!', run(BASE64URL, 60, 130)],
    verdict: 'contextual',
  }),
];
