import type { SecretRule } from '../rule.ts';
import { BASE62, HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'brevo-api-key',
    title: 'Brevo API key',
    prefixes: ['xkeysib-'],
    parts: [run(HEX, 64), '-', run(BASE62, 16)],
  }),
  tokenRule({
    id: 'brevo-smtp-key',
    title: 'Brevo SMTP key',
    prefixes: ['xsmtpsib-'],
    parts: [run(HEX, 64), '-', run(BASE62, 16)],
  }),
];
