import type { SecretRule } from '../rule.ts';
import { BASE64URL } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'frameio-token',
    title: 'Frame.io token',
    prefixes: ['fio-u-'],
    parts: [run(BASE64URL, 64)],
    unbounded: true,
  }),
];
