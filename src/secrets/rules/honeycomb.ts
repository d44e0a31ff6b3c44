import type { SecretRule } from '../rule.ts';
import { LOWER_ALNUM } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'honeycomb-ingest-key',
    title: 'Honeycomb ingest key',
    prefixes: ['hcaik_', 'hcbik_'],
    parts: [run(LOWER_ALNUM, 58)],
  }),
  tokenRule({
    id: 'honeycomb-management-key',
    title: 'Honeycomb management key',
    prefixes: ['hcamk_', 'hcxmk_'],
    parts: [run(LOWER_ALNUM, 58)],
  }),
];
