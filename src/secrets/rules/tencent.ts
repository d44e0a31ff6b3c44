import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE62 } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'tencent-secret-id',
    title: 'Tencent Cloud secret id',
    prefixes: ['AKID'],
    parts: [run(BASE62, 32, 36)],
  }),
  assignedRule({
    id: 'tencent-secret-key',
    title: 'Tencent Cloud secret key',
    words: ['tencent', 'qcloud', 'secretkey'],
    value: [run(BASE62, 32)],
  }),
];
