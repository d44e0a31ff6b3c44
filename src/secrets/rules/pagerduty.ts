import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE64URL } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({
    id: 'pagerduty-api-key',
    title: 'PagerDuty API key',
    words: ['pagerduty', 'pager_duty'],
    value: [run(BASE64URL, 20)],
  }),
  tokenRule({
    id: 'pagerduty-oauth-token',
    title: 'PagerDuty OAuth token',
    prefixes: ['pdus+_', 'pdeu+_'],
    parts: [run(BASE64URL, 20, 80)],
  }),
];
