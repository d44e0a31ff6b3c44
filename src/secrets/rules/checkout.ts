import type { SecretRule } from '../rule.ts';
import { LOWER_ALNUM } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'checkout-secret-key',
    title: 'Checkout.com secret key',
    prefixes: ['sk_sbox_'],
    parts: [run(LOWER_ALNUM, 20, 40)],
    severity: 'low',
  }),
];
