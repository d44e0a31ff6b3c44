import type { SecretRule } from '../rule.ts';
import { HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'intra42-secret',
    title: '42 API secret',
    prefixes: ['s-s4t2ud-', 's-s4t2af-'],
    parts: [run(HEX, 64)],
  }),
];
