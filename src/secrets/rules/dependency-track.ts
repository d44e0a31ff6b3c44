import type { SecretRule } from '../rule.ts';
import { BASE62 } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'dependency-track-key',
    title: 'Dependency-Track API key',
    prefixes: ['odt_'],
    parts: [run(BASE62, 32, 36)],
  }),
];
