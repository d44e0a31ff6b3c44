import type { SecretRule } from '../rule.ts';
import { HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({ id: 'pulumi-token', title: 'Pulumi access token', prefixes: ['pul-'], parts: [run(HEX, 40)] }),
];
