import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE62 } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'notion-token',
    title: 'Notion integration token',
    prefixes: ['ntn_'],
    parts: [run(BASE62, 43, 50)],
  }),
  assignedRule({
    id: 'notion-legacy-token',
    title: 'Notion integration token (older form)',
    words: ['notion'],
    value: ['secret_', run(BASE62, 43)],
  }),
];
