import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({ id: 'sonar-token', title: 'SonarQube token', prefixes: ['squ_', 'sqp_', 'sqa_'], parts: [run(HEX, 40)] }),
  assignedRule({
    id: 'sonar-legacy-token',
    title: 'SonarQube token (older form)',
    words: ['sonar'],
    value: [run(HEX, 40)],
    names: ['login', 'token', 'key', 'secret'],
  }),
];
