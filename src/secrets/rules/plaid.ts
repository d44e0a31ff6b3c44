import type { SecretRule } from '../rule.ts';
import { uuid } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'plaid-access-token',
    title: 'Plaid access token',
    prefixes: ['access-production-', 'access-sandbox-', 'access-development-'],
    parts: [...uuid()],
  }),
];
