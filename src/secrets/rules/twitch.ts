import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { LOWER_ALNUM } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({ id: 'twitch-token', title: 'Twitch token', words: ['twitch'], value: [run(LOWER_ALNUM, 30)] }),
  tokenRule({
    id: 'twitch-chat-token',
    title: 'Twitch chat token',
    specification: 'https://dev.twitch.tv/docs/chat/irc/',
    prefixes: ['oauth:'],
    parts: [run(LOWER_ALNUM, 30)],
    verdict: 'contextual',
  }),
];
