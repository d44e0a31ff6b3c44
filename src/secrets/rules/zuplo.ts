import type { SecretRule } from '../rule.ts';
import { BASE62, HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'zuplo-api-key',
    title: 'Zuplo API key',
    prefixes: ['zpka_'],
    parts: [run(BASE62, 32), '_', run(HEX, 8)],
  }),
];
