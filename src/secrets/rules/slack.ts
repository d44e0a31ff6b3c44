import type { SecretRule } from '../rule.ts';
import { BASE62, charSet, DIGIT, HEX, UPPER_ALNUM } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

const SPECIFICATION = 'https://api.slack.com/concepts/token-types';
const TAIL = charSet('base62 and hyphen', '0-9A-Za-z-');

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'slack-bot-token',
    title: 'Slack bot token',
    specification: SPECIFICATION,
    prefixes: ['xoxb-'],
    parts: [run(DIGIT, 9, 14), '-', run(TAIL, 16, 60)],
  }),
  tokenRule({
    id: 'slack-legacy-bot-token',
    title: 'Slack bot token (older form)',
    specification: SPECIFICATION,
    prefixes: ['xoxb-'],
    parts: [run(BASE62, 8, 14), '-', run(BASE62, 12, 26), '-', run(BASE62, 18, 40)],
    verdict: 'contextual',
  }),
  tokenRule({
    id: 'slack-user-token',
    title: 'Slack user token',
    specification: SPECIFICATION,
    prefixes: ['xoxp-'],
    parts: [run(BASE62, 8, 14), '-', run(TAIL, 20, 120)],
  }),
  tokenRule({
    id: 'slack-app-token',
    title: 'Slack app-level token',
    specification: SPECIFICATION,
    prefixes: ['xapp-'],
    parts: [run(DIGIT, 1), '-', run(UPPER_ALNUM, 9, 13), '-', run(DIGIT, 10, 14), '-', run(HEX, 64)],
  }),
  tokenRule({
    id: 'slack-workspace-token',
    title: 'Slack workspace or legacy token',
    specification: SPECIFICATION,
    prefixes: ['xoxa-', 'xoxr-', 'xoxs-', 'xoxo-'],
    parts: [run(TAIL, 20, 120)],
  }),
  tokenRule({
    id: 'slack-config-token',
    title: 'Slack configuration token',
    specification: SPECIFICATION,
    prefixes: ['xoxe.xoxp-', 'xoxe.xoxb-', 'xoxe-'],
    parts: [run(DIGIT, 1), '-', run(BASE62, 100, 180)],
  }),
  tokenRule({
    id: 'slack-session-token',
    title: 'Slack browser session token',
    prefixes: ['xoxc-'],
    parts: [run(DIGIT, 9, 14), '-', run(TAIL, 30, 120)],
  }),
  tokenRule({
    id: 'slack-session-cookie',
    title: 'Slack browser session cookie',
    prefixes: ['xoxd-'],
    parts: [run(charSet('cookie', '0-9A-Za-z%+/=-'), 40, 400)],
  }),
  tokenRule({
    id: 'slack-workflow-webhook',
    title: 'Slack workflow webhook',
    specification: 'https://slack.com/help/articles/360041352714',
    prefixes: ['hooks.slack.com/triggers'],
    parts: ['/', run(UPPER_ALNUM, 8, 14), '/', run(DIGIT, 10, 16), '/', run(HEX, 32)],
    severity: 'medium',
  }),
  tokenRule({
    id: 'slack-webhook',
    title: 'Slack incoming webhook',
    specification: 'https://api.slack.com/messaging/webhooks',
    prefixes: ['hooks.slack.com/services', 'hooks.slack.com/workflow'],
    parts: [
      '/',
      run(charSet('path', '0-9A-Za-z_'), 8, 14),
      '/',
      run(charSet('path', '0-9A-Za-z_'), 8, 14),
      '/',
      run(BASE62, 20, 26),
    ],
    severity: 'medium',
  }),
];
