import type { SecretRule } from '../rule.ts';
import { BASE64URL, DIGIT } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'discord-webhook',
    title: 'Discord webhook',
    prefixes: ['discord.com/api/webhooks'],
    parts: ['/', run(DIGIT, 17, 20), '/', run(BASE64URL, 60, 80)],
    severity: 'medium',
  }),
  tokenRule({
    id: 'discord-webhook-old',
    title: 'Discord webhook (older host)',
    prefixes: ['discordapp.com/api/webho'],
    parts: ['oks/', run(DIGIT, 17, 20), '/', run(BASE64URL, 60, 80)],
    severity: 'medium',
  }),
];
