import { decodedJson } from '../decoded-json.ts';
import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE64_PADDED, BASE64URL, HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { sampleOf } from '../shapes/sample.ts';
import { tokenRule } from '../shapes/token.ts';

const organization = `sntrys_${Buffer.from(JSON.stringify({ iat: 1700000000.1, url: 'https://sentry.intern', region_url: 'https://de.sentry.intern', org: 'harbor' })).toString('base64')}_${sampleOf([run(BASE64URL, 43)], 'sentry')}`;

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'sentry-org-token',
    title: 'Sentry organization token',
    specification: 'https://docs.sentry.io/account/auth-tokens/',
    prefixes: ['sntrys_'],
    parts: [run(BASE64_PADDED, 40, 600), '_', run(BASE64_PADDED, 40, 48)],
    check: (token) =>
      decodedJson(token.slice(7, token.lastIndexOf('_')))?.['org'] === undefined
        ? { verdict: 'contextual' }
        : { verdict: 'structured', proof: 'decodes to {iat,url,org}' },
    samples: { hits: () => [organization], misses: () => ['sntrys_', organization.slice(0, 60)] },
  }),
  tokenRule({
    id: 'sentry-user-token',
    title: 'Sentry user token',
    prefixes: ['sntryu_', 'sntrya_'],
    parts: [run(HEX, 64)],
  }),
  assignedRule({
    id: 'sentry-legacy-token',
    title: 'Sentry token (older form)',
    words: ['sentry'],
    value: [run(HEX, 64)],
  }),
];
