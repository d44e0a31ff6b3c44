import type { SecretRule } from '../rule.ts';
import { BASE62 } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'facebook-explorer-token',
    title: 'Facebook token of the Graph API Explorer',
    specification: 'https://developers.facebook.com/docs/facebook-login/guides/access-tokens',
    prefixes: ['EAACEdEose0cBA'],
    parts: [run(BASE62, 16, 300)],
    verdict: 'contextual',
  }),
];
