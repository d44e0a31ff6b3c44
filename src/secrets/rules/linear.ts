import type { SecretRule } from '../rule.ts';
import { BASE62, HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({ id: 'linear-api-key', title: 'Linear API key', prefixes: ['lin_api_'], parts: [run(BASE62, 40)] }),
  tokenRule({ id: 'linear-oauth-token', title: 'Linear OAuth token', prefixes: ['lin_oauth_'], parts: [run(HEX, 64)] }),
];
