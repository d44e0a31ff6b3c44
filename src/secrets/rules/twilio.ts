import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { HEX, HEX_UPPER } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'twilio-api-key',
    title: 'Twilio API key',
    prefixes: [
      'SK0',
      'SK1',
      'SK2',
      'SK3',
      'SK4',
      'SK5',
      'SK6',
      'SK7',
      'SK8',
      'SK9',
      'SKa',
      'SKb',
      'SKc',
      'SKd',
      'SKe',
      'SKf',
    ],
    parts: [run(HEX, 31)],
  }),
  tokenRule({
    id: 'twilio-api-key-capitals',
    title: 'Twilio API key in capitals',
    prefixes: [
      'SK0',
      'SK1',
      'SK2',
      'SK3',
      'SK4',
      'SK5',
      'SK6',
      'SK7',
      'SK8',
      'SK9',
      'SKA',
      'SKB',
      'SKC',
      'SKD',
      'SKE',
      'SKF',
    ],
    parts: [run(HEX_UPPER, 31)],
    verdict: 'contextual',
  }),
  assignedRule({ id: 'twilio-auth-token', title: 'Twilio auth token', words: ['twilio'], value: [run(HEX, 32)] }),
];
