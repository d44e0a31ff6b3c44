import type { SecretRule } from '../rule.ts';
import { HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({ id: 'databricks-token', title: 'Databricks access token', prefixes: ['dapi'], parts: [run(HEX, 32)] }),
  tokenRule({
    id: 'databricks-oauth-secret',
    title: 'Databricks OAuth secret',
    prefixes: ['dose'],
    parts: [run(HEX, 32)],
  }),
];
