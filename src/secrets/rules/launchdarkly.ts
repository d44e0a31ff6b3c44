import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { uuid } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({ id: 'launchdarkly-sdk-key', title: 'LaunchDarkly SDK key', prefixes: ['sdk-'], parts: [...uuid()] }),
  assignedRule({
    id: 'launchdarkly-api-key',
    title: 'LaunchDarkly API key',
    words: ['launchdarkly'],
    value: ['api-', ...uuid()],
    names: [],
  }),
];
