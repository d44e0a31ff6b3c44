import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({
    id: 'datadog-api-key',
    title: 'Datadog API key',
    words: ['datadog', 'dd_api'],
    value: [run(HEX, 32)],
  }),
  assignedRule({
    id: 'datadog-application-key',
    title: 'Datadog application key',
    words: ['datadog', 'dd_app', 'dd-application', 'dd_secret'],
    value: [run(HEX, 40)],
  }),
];
