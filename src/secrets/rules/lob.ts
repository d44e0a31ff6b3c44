import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE62, HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({ id: 'lob-api-key', title: 'Lob API key', prefixes: ['live_'], parts: [run(HEX, 35)] }),
  assignedRule({
    id: 'lob-api-key-named',
    title: 'Lob API key',
    words: ['lob_api', 'lob_secret', 'lob_key', 'lobapi', 'lobsecret', 'lobkey'],
    value: [run(BASE62, 40)],
  }),
];
