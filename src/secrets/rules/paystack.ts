import type { SecretRule } from '../rule.ts';
import { HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'paystack-secret-key',
    title: 'Paystack secret key',
    prefixes: ['sk_live_', 'sk_test_'],
    parts: [run(HEX, 40)],
  }),
];
