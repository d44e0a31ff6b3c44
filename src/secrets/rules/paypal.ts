import type { SecretRule } from '../rule.ts';
import { HEX, LOWER_ALNUM } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'paypal-braintree-token',
    title: 'PayPal Braintree access token',
    prefixes: ['access_token$production$'],
    parts: [run(LOWER_ALNUM, 16), '$', run(HEX, 32)],
  }),
  tokenRule({
    id: 'paypal-braintree-sandbox-token',
    title: 'PayPal Braintree sandbox token',
    prefixes: ['access_token$sandbox$'],
    parts: [run(LOWER_ALNUM, 16), '$', run(HEX, 32)],
    severity: 'low',
  }),
];
