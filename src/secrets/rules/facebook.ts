import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE62, HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'facebook-access-token',
    title: 'Facebook access token',
    prefixes: ['EAAC', 'EAAB', 'EAAG'],
    parts: [run(BASE62, 80, 300)],
  }),
  assignedRule({
    id: 'facebook-app-secret',
    title: 'Facebook app secret',
    words: ['facebook', 'fb_app', 'fbapp'],
    value: [run(HEX, 32)],
  }),
];
