import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE62, BASE64URL } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'vault-service-token',
    title: 'HashiCorp Vault service token',
    prefixes: ['hvs.'],
    parts: [run(BASE64URL, 90, 120)],
  }),
  tokenRule({
    id: 'vault-service-token-short',
    title: 'HashiCorp Vault service token (short)',
    prefixes: ['hvs.'],
    parts: [run(BASE62, 24)],
  }),
  tokenRule({
    id: 'vault-batch-token',
    title: 'HashiCorp Vault batch token',
    prefixes: ['hvb.'],
    parts: [run(BASE64URL, 130, 300)],
  }),
  tokenRule({
    id: 'vault-recovery-token',
    title: 'HashiCorp Vault recovery token',
    prefixes: ['hvr.'],
    parts: [run(BASE64URL, 24, 120)],
  }),
  assignedRule({
    id: 'vault-legacy-token',
    title: 'HashiCorp Vault token (older form)',
    words: ['vault'],
    value: ['s.', run(BASE62, 24)],
  }),
];
