import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE64URL } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({
    id: 'okta-api-token',
    title: 'Okta API token',
    words: ['okta', 'ssws'],
    value: ['00', run(BASE64URL, 40)],
    names: [],
  }),
];
