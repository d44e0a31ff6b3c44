import type { SecretRule } from '../rule.ts';
import { BASE62 } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'posthog-personal-api-key',
    title: 'PostHog personal API key',
    specification: 'https://posthog.com/docs/api#personal-api-keys-recommended',
    prefixes: ['phx_'],
    parts: [run(BASE62, 40, 64)],
  }),
];
