import type { SecretRule } from '../rule.ts';
import { BASE62, BASE64URL } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { sampleOf } from '../shapes/sample.ts';
import { tokenRule } from '../shapes/token.ts';

/** Base64 of `OpenAI`, which every key holds in its middle. */
const MARK = ['T3Blb', 'kFJ'].join('');
const long = (kind: string) =>
  `sk-${kind}-${sampleOf([run(BASE62, 74)], kind)}${MARK}${sampleOf([run(BASE62, 74)], kind)}`;

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'openai-api-key',
    title: 'OpenAI API key',
    specification: 'https://platform.openai.com/docs/api-reference/authentication',
    prefixes: ['sk-proj-', 'sk-svcacct-', 'sk-admin-', 'sk-None-'],
    parts: [run(BASE64URL, 40, 200)],
    check: (token) => ({ verdict: token.includes(MARK) ? 'structured' : 'contextual' }),
    body: (token) => token.replace(MARK, ''),
    samples: {
      hits: () => [`OPENAI_API_KEY=${long('proj')}`, long('svcacct')],
      misses: () => ['sk-proj-short', `sk-${MARK}`],
    },
  }),
  tokenRule({
    id: 'openai-legacy-api-key',
    title: 'OpenAI API key (2020 to 2024)',
    prefixes: [MARK],
    before: ['sk-', run(BASE62, 20)],
    parts: [run(BASE62, 20)],
  }),
];
