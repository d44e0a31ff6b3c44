import type { SecretRule } from '../rule.ts';
import { HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({ id: 'rootly-token', title: 'Rootly token', prefixes: ['rootly_'], parts: [run(HEX, 64)] }),
];
