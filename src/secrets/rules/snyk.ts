import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE62, BASE64URL } from '../shapes/char-set.ts';
import { run, uuid } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({ id: 'snyk-token', title: 'Snyk token', words: ['snyk'], value: [...uuid()] }),
  tokenRule({
    id: 'snyk-oauth-token',
    title: 'Snyk access token',
    prefixes: ['snyk_uat.'],
    parts: [run(BASE62, 8), '.', run(BASE64URL, 20, 60), '.', run(BASE64URL, 20, 90)],
  }),
];
