import type { SecretRule } from '../rule.ts';
import { DIGIT, HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'mailchimp-api-key',
    title: 'Mailchimp API key',
    prefixes: ['-us1', '-us2', '-us3', '-us4', '-us5', '-us6', '-us7', '-us8', '-us9'],
    before: [run(HEX, 32)],
    parts: [run(DIGIT, 0, 1)],
  }),
];
