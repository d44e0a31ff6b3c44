import { crc32HexReversed } from '../checksum.ts';
import { decodedJson } from '../decoded-json.ts';
import type { Judgement, SecretRule } from '../rule.ts';
import { BASE62, BASE64_PADDED, HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { sampleOf } from '../shapes/sample.ts';
import { tokenRule } from '../shapes/token.ts';

const head = `glsa_${sampleOf([run(BASE62, 32)], 'grafana')}`;
const cloud = (content: object) => Buffer.from(JSON.stringify(content)).toString('base64');

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'grafana-service-account-token',
    title: 'Grafana service account token',
    specification: 'https://grafana.com/docs/grafana/latest/administration/service-accounts/',
    prefixes: ['glsa_'],
    parts: [run(BASE62, 32), '_', run(HEX, 8)],
    check: checksummed,
    fused: true,
    samples: {
      hits: () => [`${head}_${crc32HexReversed(head)}`],
      misses: () => [`${head}_0000`, `${head.slice(1)}_00000000`],
    },
  }),
  tokenRule({
    id: 'grafana-cloud-token',
    title: 'Grafana Cloud access policy token',
    prefixes: ['glc_eyJ'],
    parts: [run(BASE64_PADDED, 40, 400)],
    check: (token) =>
      decodedJson(token.slice(4))?.['k'] === undefined
        ? { verdict: 'contextual' }
        : { verdict: 'structured', proof: 'decodes to {o,n,k,m}' },
    samples: {
      hits: () => [`glc_${cloud({ o: '17', n: 'push', k: sampleOf([run(BASE62, 24)], 'glc'), m: { r: 'eu' } })}`],
      misses: () => ['glc_eyJ', 'glc_eyJhIjox'],
    },
  }),
  tokenRule({
    id: 'grafana-api-key',
    title: 'Grafana API key',
    prefixes: ['eyJrIjoi'],
    parts: [run(BASE64_PADDED, 60, 400)],
    check: (token) => {
      const content = decodedJson(token);
      return content?.['n'] === undefined
        ? { verdict: 'contextual' }
        : { verdict: 'structured', proof: 'decodes to {k,n,id}' };
    },
    samples: {
      hits: () => [cloud({ k: sampleOf([run(BASE62, 32)], 'k'), n: 'ci-push', id: 1 })],
      misses: () => ['eyJrIjoiYQ==', 'eyJrIjoi'],
    },
  }),
];

function checksummed(token: string): Judgement {
  if (crc32HexReversed(token.slice(0, 37)) === token.slice(-8)) return { verdict: 'proven', proof: 'crc32' };
  return { verdict: 'contextual', proof: 'shape holds, checksum does not' };
}
