import type { SecretRule } from '../rule.ts';
import { BASE62, HEX } from '../shapes/char-set.ts';
import { run, UUID_ANY } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'microsoft-teams-webhook',
    title: 'Microsoft Teams incoming webhook',
    specification:
      'https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook',
    severity: 'medium',
    prefixes: ['.office.com/webhook'],
    parts: [run(BASE62, 0, 2), '/', ...UUID_ANY, '@', ...UUID_ANY, '/IncomingWebhook/', run(HEX, 32), '/', ...UUID_ANY],
    unbounded: true,
  }),
];
