import type { SecretRule } from '../rule.ts';
import { BASE64URL, HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({ id: 'supabase-pat', title: 'Supabase personal access token', prefixes: ['sbp_'], parts: [run(HEX, 40)] }),
  tokenRule({
    id: 'supabase-secret-key',
    title: 'Supabase secret key',
    prefixes: ['sb_secret_'],
    parts: [run(BASE64URL, 31), '_', run(BASE64URL, 8)],
  }),
];
