import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE62, charSet, HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { sampleOf } from '../shapes/sample.ts';
import { tokenRule } from '../shapes/token.ts';

/** Tokens are base64 whose `+`, `/` and `=` became `ZA` to `ZD` and whose `Z` is escaped as well: a `Z` never stands by itself. */
function isEscaped(token: string): boolean {
  return token.includes('Z') && !/Z(?![A-D])/.test(token);
}

function drawn(part: string): string {
  return sampleOf([run(UNESCAPED, 90)], 'facebook').replace(/^.{3}/, part);
}

const UNESCAPED = charSet('base62 without Z', '0-9A-Ya-z');

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'facebook-access-token',
    title: 'Facebook access token',
    prefixes: ['EAAC', 'EAAB', 'EAAG'],
    parts: [run(BASE62, 80, 300)],
    check: (token) => (isEscaped(token) ? { verdict: 'structured' } : undefined),
    samples: {
      hits: () => ['EAAC', 'EAAB', 'EAAG'].map((prefix) => `key = "${prefix}${drawn('ZAq')}ZD"\n`),
      misses: () => [`key = "EAAC${drawn('aq')}"\n`, `key = "EAAC${drawn('ZAq')}Zq"\n`],
    },
  }),
  assignedRule({
    id: 'facebook-app-secret',
    title: 'Facebook app secret',
    words: ['facebook', 'fb_app', 'fbapp'],
    value: [run(HEX, 32)],
  }),
];
