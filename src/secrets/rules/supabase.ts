import type { SecretRule } from '../rule.ts';
import { BASE62, BASE64URL, HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { sampleOf } from '../shapes/sample.ts';
import { tokenRule } from '../shapes/token.ts';

/** Random part, then its checksum. */
const drawn = sampleOf([run(BASE62, 22), '_', run(BASE62, 8)], 'supabase');

export const rules: readonly SecretRule[] = [
  tokenRule({ id: 'supabase-pat', title: 'Supabase personal access token', prefixes: ['sbp_'], parts: [run(HEX, 40)] }),
  tokenRule({
    id: 'supabase-secret-key',
    title: 'Supabase secret key',
    prefixes: ['sb_secret_'],
    parts: [run(BASE64URL, 31)],
    check: (token) => (token.at(-9) === '_' ? { verdict: 'structured' } : undefined),
    samples: {
      hits: () => [`key = "sb_secret_${drawn}"\n`],
      misses: () => [`key = "sb_secret_${drawn.slice(1)}"\n`, `key = "sb_secret_${drawn.replace('_', 'q')}"\n`],
    },
  }),
];
