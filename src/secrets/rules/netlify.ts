import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE62, BASE64URL } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'netlify-pat',
    title: 'Netlify personal access token',
    prefixes: ['nfp_', 'nfc_', 'nfo_', 'nfu_', 'nfb_'],
    parts: [run(BASE62, 36, 40)],
  }),
  assignedRule({
    id: 'netlify-token',
    title: 'Netlify token (older form)',
    words: ['netlify'],
    value: [run(BASE64URL, 43, 64)],
  }),
];
