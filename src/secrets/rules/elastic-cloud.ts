import type { SecretRule } from '../rule.ts';
import { BASE64_PADDED } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'elastic-cloud-key',
    title: 'Elastic Cloud API key',
    prefixes: ['essu_'],
    parts: [run(BASE64_PADDED, 50, 200)],
  }),
];
