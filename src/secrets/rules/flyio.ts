import type { SecretRule } from '../rule.ts';
import { BASE64_PADDED, BASE64URL } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({ id: 'flyio-token', title: 'Fly.io access token', prefixes: ['fo1_'], parts: [run(BASE64URL, 43)] }),
  tokenRule({
    id: 'flyio-macaroon',
    title: 'Fly.io macaroon token',
    prefixes: ['FlyV1 fm1', 'FlyV1 fm2', 'fm1r_', 'fm2_'],
    parts: [run(BASE64_PADDED, 100, 800)],
    verdict: 'structured',
  }),
];
