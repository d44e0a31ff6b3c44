import type { SecretRule } from '../rule.ts';
import { BASE64URL, DIGIT } from '../shapes/char-set.ts';
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
];
