import { entropy } from '../plausible.ts';
import type { SecretRule } from '../rule.ts';
import { BASE62, BASE64, BASE64_PADDED } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

/** Keys whose letters were drawn anew, so that they no longer decode to the name of the key. */
export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'bedrock-re-drawn-key',
    title: 'Amazon Bedrock API key (form only)',
    prefixes: ['ABSK'],
    parts: [run(BASE64, 120, 132), run(BASE64_PADDED, 0, 2)],
    check: (token) => (entropy(token) >= 4.8 ? { verdict: 'contextual' } : undefined),
  }),
  tokenRule({
    id: 'bedrock-re-drawn-short-key',
    title: 'Amazon Bedrock short-term API key (form only)',
    prefixes: ['bedrock-api-key-'],
    parts: [run(BASE62, 32, 2000), run(BASE64_PADDED, 0, 2)],
    check: (token) => (entropy(token.slice(16)) >= 4 ? { verdict: 'contextual' } : undefined),
  }),
];
