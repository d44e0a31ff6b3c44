import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({
    id: 'spotify-client-secret',
    title: 'Spotify client secret',
    words: ['spotify'],
    value: [run(HEX, 32)],
    names: ['secret'],
  }),
];
