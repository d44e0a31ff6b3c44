import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { HEX, LOWER_ALNUM } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'buildkite-api-token',
    title: 'Buildkite API token',
    prefixes: ['bkua_'],
    parts: [run(LOWER_ALNUM, 40)],
  }),
  assignedRule({
    id: 'buildkite-agent-token',
    title: 'Buildkite agent token',
    words: ['buildkite'],
    value: [run(HEX, 50)],
  }),
];
