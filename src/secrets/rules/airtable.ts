import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE62, HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({
    id: 'airtable-pat',
    title: 'Airtable personal access token',
    words: ['airtable'],
    value: ['pat', run(BASE62, 14), '.', run(HEX, 64)],
    names: [],
  }),
  assignedRule({
    id: 'airtable-api-key',
    title: 'Airtable API key (older form)',
    words: ['airtable'],
    value: ['key', run(BASE62, 14)],
  }),
];
