import type { Judgement, SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE64URL } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { sampleOf } from '../shapes/sample.ts';

const id = Buffer.from('1093746152837461024').toString('base64url');

/** Base64 of the bot's numeric id (a snowflake), a time, a signature. */
export const rules: readonly SecretRule[] = [
  assignedRule({
    id: 'discord-bot-token',
    title: 'Discord bot token',
    specification: 'https://discord.com/developers/docs/reference#authentication',
    words: ['discord', 'bot_token', 'bottoken', 'token', '.login(', 'bot.run(', 'client.run('],
    names: [],
    value: [run(BASE64URL, 23, 28), '.', run(BASE64URL, 6), '.', run(BASE64URL, 27, 40)],
    check: judge,
    samples: {
      hits: () => [
        `DISCORD_TOKEN=${id}.${sampleOf([run(BASE64URL, 6)], 'a')}.${sampleOf([run(BASE64URL, 27)], 'b')}\n`,
      ],
      misses: () => [`DISCORD_TOKEN=${'a'.repeat(24)}.aaaaaa.${'b'.repeat(27)}\n`, 'DISCORD_TOKEN=none\n'],
    },
  }),
];

function judge(value: string): Judgement | undefined {
  const snowflake = Buffer.from(value.slice(0, value.indexOf('.')), 'base64url').toString('latin1');
  return /^\d{17,20}$/.test(snowflake) ? { verdict: 'structured', proof: 'decodes to a bot id' } : undefined;
}
