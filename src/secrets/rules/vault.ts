import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE62, BASE64URL } from '../shapes/char-set.ts';
import { commandRule } from '../shapes/command.ts';
import { run } from '../shapes/parts.ts';
import { sampleOf } from '../shapes/sample.ts';
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
  commandRule({
    id: 'vault-unseal-key',
    title: 'HashiCorp Vault unseal key',
    specification: 'https://developer.hashicorp.com/vault/docs/concepts/seal',
    severity: 'critical',
    anchors: ['Unseal Key ', 'vault operator ', 'unseal_keys_b64":'],
    pattern:
      /^(?:unseal\s{1,4}|\d{1,2}:\s{0,4}|\s{0,4}\[\s{0,16}")?([A-Za-z0-9+/]{43}[A-Za-z0-9+/=])(?![A-Za-z0-9+/=])/,
    hit: `Unseal Key 1: ${sampleOf([run(BASE62, 44)], 'unseal')}`,
    miss: 'Unseal Key (will be hidden): ',
  }),
  commandRule({
    id: 'vault-root-token',
    title: 'HashiCorp Vault root token',
    specification: 'https://developer.hashicorp.com/vault/docs/concepts/tokens',
    severity: 'critical',
    anchors: ['Initial Root Token: ', 'vault login '],
    pattern: /^\s{0,4}["']?(s\.[A-Za-z0-9]{24})(?![A-Za-z0-9])/,
    hit: `Initial Root Token: s.${sampleOf([run(BASE62, 24)], 'root')}`,
    miss: 'vault login -method=github',
  }),
];
