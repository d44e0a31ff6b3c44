import type { SecretRule } from '../rule.ts';
import { uuid } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'new-relic-pixie-api-key',
    title: 'New Relic Pixie API key',
    prefixes: ['px-api-'],
    parts: [...uuid()],
  }),
  tokenRule({
    id: 'new-relic-pixie-deploy-key',
    title: 'New Relic Pixie deploy key',
    prefixes: ['px-dep-'],
    parts: [...uuid()],
  }),
];
