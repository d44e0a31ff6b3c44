import type { SecretRule } from '../rule.ts';
import { BASE64URL } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'square-access-token',
    title: 'Square access token',
    prefixes: ['sq0atp-'],
    parts: [run(BASE64URL, 22)],
  }),
  tokenRule({
    id: 'square-oauth-secret',
    title: 'Square OAuth secret',
    prefixes: ['sq0csp-'],
    parts: [run(BASE64URL, 43)],
  }),
  tokenRule({
    id: 'square-production-token',
    title: 'Square production access token',
    prefixes: ['EAAAE', 'EAAAl'],
    parts: [run(BASE64URL, 59, 60)],
    verdict: 'structured',
  }),
];
