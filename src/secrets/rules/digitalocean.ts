import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { HEX, UPPER_ALNUM } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'digitalocean-pat',
    title: 'DigitalOcean personal access token',
    prefixes: ['dop_v1_'],
    parts: [run(HEX, 64)],
  }),
  tokenRule({
    id: 'digitalocean-oauth-token',
    title: 'DigitalOcean OAuth token',
    prefixes: ['doo_v1_'],
    parts: [run(HEX, 64)],
  }),
  tokenRule({
    id: 'digitalocean-refresh-token',
    title: 'DigitalOcean refresh token',
    prefixes: ['dor_v1_'],
    parts: [run(HEX, 64)],
  }),
  tokenRule({
    id: 'digitalocean-spaces-key',
    title: 'DigitalOcean Spaces key id',
    prefixes: ['DO00', 'DO801'],
    parts: [run(UPPER_ALNUM, 15, 16)],
    verdict: 'contextual',
    severity: 'low',
  }),
  assignedRule({
    id: 'digitalocean-legacy-token',
    title: 'DigitalOcean token (older form)',
    words: ['digitalocean', 'digital_ocean'],
    value: [run(HEX, 64)],
  }),
];
