import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({
    id: 'firecrawl-api-key',
    title: 'Firecrawl API key',
    words: ['firecrawl'],
    value: ['fc-', run(HEX, 32)],
  }),
];
