import type { SecretRule } from '../rule.ts';
import { HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({ id: 'rubygems-api-key', title: 'RubyGems API key', prefixes: ['rubygems_'], parts: [run(HEX, 48)] }),
];
