import type { SecretRule } from '../rule.ts';
import { BASE62, BASE64URL, HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'harness-token',
    title: 'Harness token',
    prefixes: ['pat.', 'sat.'],
    parts: [run(BASE64URL, 22), '.', run(HEX, 24), '.', run(BASE62, 20)],
  }),
];
