import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'scrapfly-key',
    title: 'Scrapfly API key',
    prefixes: ['scp-live-', 'scp-test-'],
    parts: [run(HEX, 32)],
  }),
  assignedRule({
    id: 'scrapfly-legacy-key',
    title: 'Scrapfly API key (older form)',
    words: ['scrapfly'],
    value: [run(HEX, 32)],
  }),
];
