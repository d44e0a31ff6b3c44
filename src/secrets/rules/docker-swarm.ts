import type { SecretRule } from '../rule.ts';
import { BASE64, LOWER_ALNUM } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'docker-swarm-token',
    title: 'Docker Swarm join token',
    prefixes: ['SWMTKN-1-'],
    parts: [run(LOWER_ALNUM, 50), '-', run(LOWER_ALNUM, 25)],
  }),
  tokenRule({
    id: 'docker-swarm-unlock-key',
    title: 'Docker Swarm unlock key',
    prefixes: ['SWMKEY-1-'],
    parts: [run(BASE64, 43)],
  }),
];
