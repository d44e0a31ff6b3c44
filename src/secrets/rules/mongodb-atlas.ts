import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE64URL } from '../shapes/char-set.ts';
import { run, uuid } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'mongodb-atlas-service-secret',
    title: 'MongoDB Atlas service account secret',
    prefixes: ['mdb_sa_sk_'],
    parts: [run(BASE64URL, 40)],
  }),
  assignedRule({
    id: 'mongodb-atlas-private-key',
    title: 'MongoDB Atlas private key',
    words: ['atlas'],
    value: [...uuid()],
  }),
];
