import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { UPPER_ALNUM } from '../shapes/char-set.ts';
import { run, uuid } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'scaleway-access-key',
    title: 'Scaleway access key id',
    prefixes: ['SCW'],
    parts: [run(UPPER_ALNUM, 17)],
    verdict: 'contextual',
    severity: 'low',
  }),
  assignedRule({
    id: 'scaleway-secret-key',
    title: 'Scaleway secret key',
    words: ['scw_secret', 'scaleway'],
    value: [...uuid()],
  }),
];
