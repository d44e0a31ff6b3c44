import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { uuid } from '../shapes/parts.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({ id: 'opsgenie-api-key', title: 'Opsgenie API key', words: ['opsgenie'], value: [...uuid()] }),
];
