import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({ id: 'jenkins-api-token', title: 'Jenkins API token', words: ['jenkins'], value: [run(HEX, 34)] }),
  assignedRule({
    id: 'jenkins-crumb',
    title: 'Jenkins crumb',
    severity: 'low',
    specification: 'https://www.jenkins.io/doc/book/security/csrf-protection/',
    words: ['jenkins-crumb'],
    names: [],
    value: [run(HEX, 32, 64)],
  }),
];
