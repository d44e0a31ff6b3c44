import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE62 } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({
    id: 'drone-token',
    title: 'Drone CI token',
    words: ['drone_token', 'drone_secret', 'drone_rpc'],
    value: [run(BASE62, 32)],
    names: [],
  }),
];
