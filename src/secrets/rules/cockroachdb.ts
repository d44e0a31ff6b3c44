import type { SecretRule } from '../rule.ts';
import { BASE62 } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'cockroachdb-key',
    title: 'CockroachDB Cloud key',
    prefixes: ['CCDB1_'],
    parts: [run(BASE62, 22), '_', run(BASE62, 40)],
  }),
];
