import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE64URL, HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({
    id: 'cloudflare-api-token',
    title: 'Cloudflare API token',
    words: ['cloudflare', 'cf_api', 'cf_token'],
    value: [run(BASE64URL, 40)],
  }),
  assignedRule({
    id: 'cloudflare-global-api-key',
    title: 'Cloudflare global API key',
    words: ['cloudflare', 'cf_api'],
    value: [run(HEX, 37)],
  }),
  tokenRule({
    id: 'cloudflare-origin-ca-key',
    title: 'Cloudflare origin CA key',
    prefixes: ['v1.0-'],
    parts: [run(HEX, 24), '-', run(HEX, 146)],
  }),
];
