import type { Found, SecretRule, Site } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE64URL } from '../shapes/char-set.ts';
import { latin1 } from '../shapes/latin1.ts';
import { run } from '../shapes/parts.ts';
import { sampleOf } from '../shapes/sample.ts';

const token = sampleOf(['00', run(BASE64URL, 40)], 'okta');

export const rules: readonly SecretRule[] = [
  assignedRule({
    id: 'okta-api-token',
    title: 'Okta API token',
    words: ['okta', 'ssws'],
    value: ['00', run(BASE64URL, 40)],
    names: [],
  }),
  {
    id: 'okta-api-token-default',
    title: 'Okta API token as the default of a variable',
    severity: 'high',
    specification: 'https://developer.okta.com/docs/guides/create-an-api-token/',
    words: ['okta'],
    reach: { before: 0, after: 160 },
    inspect: variableDefault,
    samples: {
      hits: () => [`variable "okta_api_token" {\n  default = "${token}"\n}\n`],
      misses: () => [
        'variable "okta_api_token" {\n  default = "00"\n}\n',
        `variable "x" {\n  default = "${token}"\n}\n`,
      ],
    },
  },
];

function variableDefault(site: Site): Found | undefined {
  const from = site.at + site.length;
  const match = /^[\w-]{0,32}"\s{0,4}\{\s{0,16}default\s{0,8}=\s{0,4}"(00[\w-]{40})"/.exec(
    latin1(site.bytes, from, site.end),
  );
  const value = match?.[1];
  if (match === null || value === undefined) return undefined;
  const start = from + match[0].length - 1 - value.length;
  return { verdict: 'contextual', start, end: start + value.length };
}
