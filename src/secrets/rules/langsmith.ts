import type { SecretRule } from '../rule.ts';
import { HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'langsmith-key',
    title: 'LangSmith API key',
    prefixes: ['lsv2_pt_', 'lsv2_sk_'],
    parts: [run(HEX, 32), '_', run(HEX, 10)],
  }),
];
