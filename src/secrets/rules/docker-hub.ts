import type { SecretRule } from '../rule.ts';
import { BASE64URL } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'docker-hub-pat',
    title: 'Docker Hub personal access token',
    prefixes: ['dckr_pat_'],
    parts: [run(BASE64URL, 27)],
  }),
  tokenRule({
    id: 'docker-hub-oat',
    title: 'Docker Hub organization token',
    prefixes: ['dckr_oat_'],
    parts: [run(BASE64URL, 32)],
  }),
];
