import type { SecretRule } from '../rule.ts';
import { BASE62, HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'astra-token',
    title: 'DataStax Astra token',
    prefixes: ['AstraCS:'],
    parts: [run(BASE62, 24), ':', run(HEX, 64)],
  }),
];
