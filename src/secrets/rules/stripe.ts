import type { SecretRule } from '../rule.ts';
import { BASE62, BASE64 } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

const SPECIFICATION = 'https://docs.stripe.com/keys';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'stripe-secret-key',
    title: 'Stripe secret key',
    specification: SPECIFICATION,
    severity: 'critical',
    prefixes: ['sk_live_', 'sk_prod_'],
    parts: [run(BASE62, 10, 247)],
  }),
  tokenRule({
    id: 'stripe-restricted-key',
    title: 'Stripe restricted key',
    specification: SPECIFICATION,
    prefixes: ['rk_live_', 'rk_prod_'],
    parts: [run(BASE62, 10, 247)],
  }),
  tokenRule({
    id: 'stripe-test-key',
    title: 'Stripe test key',
    specification: SPECIFICATION,
    severity: 'low',
    prefixes: ['sk_test_', 'rk_test_'],
    parts: [run(BASE62, 10, 247)],
  }),
  tokenRule({
    id: 'stripe-webhook-secret',
    title: 'Stripe webhook signing secret',
    specification: SPECIFICATION,
    prefixes: ['whsec_'],
    parts: [run(BASE64, 32, 64)],
  }),
];
