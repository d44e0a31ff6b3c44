import { isDrawn } from '../plausible.ts';
import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE62 } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'alibaba-access-key-id',
    title: 'Alibaba Cloud access key id',
    prefixes: ['LTAI'],
    parts: [run(BASE62, 12, 21)],
  }),
  assignedRule({
    id: 'alibaba-secret-key',
    title: 'Alibaba Cloud secret key',
    words: ['aliyun', 'alibaba', 'alicloud'],
    value: [run(BASE62, 30)],
  }),
  tokenRule({
    id: 'alibaba-sts-id',
    title: 'Alibaba Cloud STS id',
    prefixes: ['STS.'],
    parts: [run(BASE62, 20, 40)],
    check: (token) => (isDrawn(token.slice('STS.'.length)) ? { verdict: 'contextual' } : undefined),
  }),
];
