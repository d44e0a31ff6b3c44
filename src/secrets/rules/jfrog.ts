import type { SecretRule } from '../rule.ts';
import { BASE62 } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({ id: 'jfrog-api-key', title: 'JFrog API key', prefixes: ['AKCp'], parts: [run(BASE62, 69, 73)] }),
  tokenRule({
    id: 'jfrog-reference-token',
    title: 'JFrog reference token',
    prefixes: ['cmVmdGtuO'],
    parts: [run(BASE62, 55)],
  }),
];
