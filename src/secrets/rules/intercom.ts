import type { SecretRule } from '../rule.ts';
import { BASE64, charSet } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

const PADDING = charSet('padding', '=');
/** `tok:`, an identifier in groups of hex, region and version, in base64. */
const sample = Buffer.from('tok:0a1b2c3d_4e5f_6a7b_8c9d_0e1f2a3b4c5d:1:0').toString('base64');

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'intercom-token',
    title: 'Intercom access token',
    prefixes: ['dG9rOj'],
    parts: [run(BASE64, 53, 58), run(PADDING, 0, 2)],
    check: (token) =>
      /^tok:[0-9a-f_]{36}:\d:\d$/.test(Buffer.from(token, 'base64').toString('latin1'))
        ? { verdict: 'structured', proof: 'decodes to tok:' }
        : undefined,
    samples: {
      hits: () => [`key = "${sample}"\n`],
      misses: () => [`key = "${sample.slice(0, 30)}"\n`, `key = "dG9rOj${'q8Zm2xKd9'.repeat(6)}"\n`],
    },
  }),
];
