import type { SecretRule } from '../rule.ts';
import { HEX_ANY } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'shippo-token',
    title: 'Shippo API token',
    prefixes: ['shippo_live_', 'shippo_test_'],
    parts: [run(HEX_ANY, 40)],
  }),
];
