import type { SecretRule } from '../rule.ts';
import { BASE62 } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'fireworks-api-key',
    title: 'Fireworks AI key',
    prefixes: ['fw_'],
    parts: [run(BASE62, 24)],
    verdict: 'contextual',
  }),
];
