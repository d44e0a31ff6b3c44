import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE64URL, HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'wandb-key',
    title: 'Weights and Biases API key',
    prefixes: ['wandb_v1_'],
    parts: [run(BASE64URL, 40, 90)],
  }),
  assignedRule({
    id: 'wandb-legacy-key',
    title: 'Weights and Biases API key (older form)',
    words: ['wandb'],
    value: [run(HEX, 40)],
  }),
];
