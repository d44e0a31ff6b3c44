import { isDrawn } from '../plausible.ts';
import type { SecretRule } from '../rule.ts';
import { BASE64URL, DIGIT } from '../shapes/char-set.ts';
import { commandRule } from '../shapes/command.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'telegram-bot-token',
    title: 'Telegram bot token',
    specification: 'https://core.telegram.org/bots/api#authorizing-your-bot',
    prefixes: [':AA'],
    before: [run(DIGIT, 8, 10)],
    parts: [run(BASE64URL, 32, 33)],
  }),
  commandRule({
    id: 'telegram-bot-address',
    title: 'Telegram bot token in an address',
    specification: 'https://core.telegram.org/bots/api#making-requests',
    anchors: ['api.telegram.org/bot'],
    pattern: /^(\d{8,10}:[A-Za-z0-9_-]{34,36})(?![A-Za-z0-9_-])/,
    accepts: (value) => isDrawn(value.slice(value.indexOf(':') + 1)),
    hit: 'curl https://api.telegram.org/bot213568346:AAhmrsblNssp0QEMJkx0otnoUnAMvgQ9bqe/sendMessage',
    miss: 'curl https://api.telegram.org/bot${TOKEN1}/sendMessage',
  }),
];
