import type { SecretRule } from '../rule.ts';
import { BASE64URL } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'tinybird-token',
    title: 'Tinybird token',
    specification: 'https://www.tinybird.co/docs/forward/administration/tokens',
    prefixes: ['p.eyJ1Ijog', 'p.eyJ1Ijoi'],
    parts: [run(BASE64URL, 60, 200), '.', run(BASE64URL, 43)],
  }),
];
