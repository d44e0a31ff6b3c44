import type { SecretRule } from '../rule.ts';
import { HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({ id: 'kaggle-token', title: 'Kaggle token', prefixes: ['KGAT_'], parts: [run(HEX, 32)] }),
];
