import type { SecretRule } from '../rule.ts';
import { HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'packagist-token',
    title: 'Packagist token',
    prefixes: ['packagist_ort_', 'packagist_uut_', 'packagist_out_'],
    parts: [run(HEX, 68, 80)],
  }),
];
