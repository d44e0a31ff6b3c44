import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { uuid } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'hubspot-private-app-token',
    title: 'HubSpot private app token',
    prefixes: ['pat-na1-', 'pat-na2-', 'pat-eu1-'],
    parts: [...uuid()],
  }),
  assignedRule({
    id: 'hubspot-api-key',
    title: 'HubSpot API key',
    words: ['hubspot', 'hapikey'],
    value: [...uuid()],
    names: [],
  }),
];
