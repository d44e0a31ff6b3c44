import { isDrawn } from '../plausible.ts';
import type { SecretRule } from '../rule.ts';
import { BASE64URL } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { sampleOf } from '../shapes/sample.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  key('anthropic-api-key', 'Anthropic API key', 'sk-ant-api03-'),
  key('anthropic-admin-key', 'Anthropic admin key', 'sk-ant-admin01-'),
  key('anthropic-oauth-token', 'Anthropic OAuth token', 'sk-ant-oat01-'),
  tokenRule({
    id: 'anthropic-key-form',
    title: 'Anthropic key of another kind',
    prefixes: ['sk-ant-'],
    parts: [run(BASE64URL, 28, 160)],
    check: (token) => (isDrawn(token.slice('sk-ant-'.length)) ? { verdict: 'contextual' } : undefined),
  }),
];

/** 93 random letters, then `AA`: the padding of the last byte. */
function key(id: string, title: string, prefix: string): SecretRule {
  return tokenRule({
    id,
    title,
    specification: 'https://docs.anthropic.com/en/api/overview',
    prefixes: [prefix],
    parts: [run(BASE64URL, 80, 110)],
    check: (token) =>
      token.length === prefix.length + 95 && token.endsWith('AA')
        ? { verdict: 'structured' }
        : { verdict: 'contextual' },
    samples: {
      hits: () => [`${prefix}${sampleOf([run(BASE64URL, 93)], id)}AA`],
      misses: () => [prefix, `${prefix}abc`],
    },
  });
}
