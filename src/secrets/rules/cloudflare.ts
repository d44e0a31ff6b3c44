import { decodedJson } from '../decoded-json.ts';
import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE62, BASE64_PADDED, BASE64URL, HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { sampleOf } from '../shapes/sample.ts';
import { tokenRule } from '../shapes/token.ts';

const SPECIFICATION = 'https://developers.cloudflare.com/fundamentals/api/get-started/token-formats/';
const scannable = sampleOf([run(BASE62, 40), run(HEX, 8)], 'cloudflare');

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
    id: 'cloudflare-scannable-token',
    title: 'Cloudflare API token or key',
    specification: SPECIFICATION,
    prefixes: ['cfk_', 'cfut_', 'cfat_'],
    parts: [run(BASE62, 40), run(HEX, 8)],
    body: (token) => token.slice(token.indexOf('_') + 1, -8),
    samples: {
      hits: () => ['cfk_', 'cfut_', 'cfat_'].map((prefix) => `key = "${prefix}${scannable}"\n`),
      misses: () => [`key = "cfut_${scannable.slice(1)}"\n`, `key = "cfut_${scannable}0"\n`],
    },
  }),
  tokenRule({
    id: 'cloudflare-tunnel-token',
    title: 'Cloudflare tunnel token',
    specification: 'https://developers.cloudflare.com/cloudflare-one/networks/connectors/cloudflare-tunnel/',
    prefixes: ['eyJhIjoi'],
    parts: [run(BASE64_PADDED, 120, 260)],
    check: (token) => (isTunnel(token) ? { verdict: 'structured', proof: 'account, tunnel and secret' } : undefined),
    samples: {
      hits: () => [`cloudflared tunnel run --token ${tunnel({ a: 'a', t: 't', s: 's' })}\n`],
      misses: () => [`x: ${tunnel({ a: 'a', t: 't', u: 's' })}\n`],
    },
  }),
  tokenRule({
    id: 'cloudflare-origin-ca-key',
    title: 'Cloudflare origin CA key',
    prefixes: ['v1.0-'],
    parts: [run(HEX, 24), '-', run(HEX, 146)],
  }),
];

function isTunnel(token: string): boolean {
  const claims = decodedJson(token);
  return claims !== undefined && ['a', 't', 's'].every((name) => typeof claims[name] === 'string');
}

function tunnel(names: Readonly<Record<string, string>>): string {
  const claims = Object.entries(names).map(([name, seed]) => [name, sampleOf([run(HEX, 36)], seed)]);
  return Buffer.from(JSON.stringify(Object.fromEntries(claims))).toString('base64');
}
