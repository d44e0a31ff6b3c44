import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE62, HEX, LOWER_ALNUM } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'circleci-token',
    title: 'CircleCI personal token',
    prefixes: ['CCIPAT_'],
    parts: [run(BASE62, 22), '_', run(LOWER_ALNUM, 40)],
  }),
  tokenRule({
    id: 'circleci-project-token',
    title: 'CircleCI project token',
    prefixes: ['CCIPRJ_'],
    parts: [run(BASE62, 22), '_', run(LOWER_ALNUM, 40)],
  }),
  assignedRule({
    id: 'circleci-legacy-token',
    title: 'CircleCI token (older form)',
    words: ['circleci', 'circle_ci', 'circle_token', 'circle-token'],
    value: [run(HEX, 40)],
  }),
];
