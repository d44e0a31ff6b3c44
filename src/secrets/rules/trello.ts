import type { SecretRule } from '../rule.ts';
import { HEX_ANY } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({ id: 'trello-token', title: 'Trello token', prefixes: ['ATTA'], parts: [run(HEX_ANY, 72)] }),
];
