import type { SecretRule } from '../rule.ts';
import { HEX_ANY } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'flutterwave-secret-key',
    title: 'Flutterwave secret key',
    prefixes: ['FLWSECK-', 'FLWSECK_TEST-'],
    parts: [run(HEX_ANY, 12, 64), '-X'],
  }),
];
