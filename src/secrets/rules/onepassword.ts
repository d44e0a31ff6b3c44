import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE64_PADDED, UPPER_ALNUM } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'onepassword-service-account-token',
    title: '1Password service account token',
    prefixes: ['ops_eyJ'],
    parts: [run(BASE64_PADDED, 250, 2000)],
    verdict: 'structured',
  }),
  assignedRule({
    id: 'onepassword-secret-key',
    title: '1Password secret key',
    words: ['onepassword', '1password', 'op_secret_key'],
    value: [
      'A3-',
      run(UPPER_ALNUM, 6),
      '-',
      run(UPPER_ALNUM, 6, 11),
      '-',
      run(UPPER_ALNUM, 5),
      '-',
      run(UPPER_ALNUM, 5),
      '-',
      run(UPPER_ALNUM, 5),
    ],
    names: [],
  }),
];
