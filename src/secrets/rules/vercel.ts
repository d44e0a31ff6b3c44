import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE62 } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'vercel-token',
    title: 'Vercel token',
    prefixes: ['vcp_', 'vci_', 'vca_', 'vcr_', 'vck_'],
    parts: [run(BASE62, 56)],
  }),
  assignedRule({
    id: 'vercel-legacy-token',
    title: 'Vercel token (older form)',
    words: ['vercel'],
    value: [run(BASE62, 24)],
  }),
];
