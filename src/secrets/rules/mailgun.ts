import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({
    id: 'mailgun-private-key',
    title: 'Mailgun private API key',
    words: ['mailgun'],
    names: [],
    value: ['key-', run(HEX, 32)],
  }),
  assignedRule({
    id: 'mailgun-api-key',
    title: 'Mailgun API key',
    words: ['mailgun'],
    value: [run(HEX, 32), '-', run(HEX, 8), '-', run(HEX, 8)],
  }),
  tokenRule({
    id: 'mailgun-public-key',
    title: 'Mailgun public validation key',
    prefixes: ['pubkey-'],
    parts: [run(HEX, 32)],
    severity: 'low',
  }),
];
