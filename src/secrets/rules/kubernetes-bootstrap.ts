import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { LOWER_ALNUM } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({
    id: 'kubernetes-bootstrap-token',
    title: 'Kubernetes bootstrap token',
    words: ['bootstrap_token', 'bootstrap-token', 'bootstraptoken', 'kubeadm', '--token'],
    value: [run(LOWER_ALNUM, 6), '.', run(LOWER_ALNUM, 16)],
    names: [],
  }),
];
