import type { SecretRule } from '../rule.ts';
import { BASE62 } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({ id: 'easypost-api-key', title: 'EasyPost API key', prefixes: ['EZAK'], parts: [run(BASE62, 54)] }),
  tokenRule({
    id: 'easypost-test-key',
    title: 'EasyPost test key',
    prefixes: ['EZTK'],
    parts: [run(BASE62, 54)],
    severity: 'low',
  }),
];
