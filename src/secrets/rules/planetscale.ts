import type { SecretRule } from '../rule.ts';
import { BASE64URL } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'planetscale-token',
    title: 'PlanetScale service token',
    prefixes: ['pscale_tkn_'],
    parts: [run(BASE64URL, 32, 64)],
  }),
  tokenRule({
    id: 'planetscale-password',
    title: 'PlanetScale password',
    prefixes: ['pscale_pw_'],
    parts: [run(BASE64URL, 32, 64)],
  }),
  tokenRule({
    id: 'planetscale-oauth-token',
    title: 'PlanetScale OAuth token',
    prefixes: ['pscale_oauth_'],
    parts: [run(BASE64URL, 32, 64)],
  }),
];
