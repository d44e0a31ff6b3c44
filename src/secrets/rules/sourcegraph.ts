import type { SecretRule } from '../rule.ts';
import { HEX, HEX_ANY } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'sourcegraph-token',
    title: 'Sourcegraph access token',
    prefixes: ['sgp_'],
    parts: [run(HEX, 16), '_', run(HEX, 40)],
  }),
  tokenRule({
    id: 'sourcegraph-instance-token',
    title: 'Sourcegraph access token (local instance, with its id)',
    prefixes: ['sgp_'],
    parts: [run(HEX, 16), '_local_', run(HEX, 40)],
  }),
  tokenRule({
    id: 'sourcegraph-legacy-token',
    title: 'Sourcegraph access token (older form)',
    prefixes: ['sgp_'],
    parts: [run(HEX_ANY, 40)],
  }),
  tokenRule({
    id: 'sourcegraph-local-token',
    title: 'Sourcegraph access token (local instance)',
    prefixes: ['sgp_local_'],
    parts: [run(HEX, 40)],
  }),
  tokenRule({
    id: 'sourcegraph-dotcom-token',
    title: 'Sourcegraph user gateway token',
    prefixes: ['sgd_'],
    parts: [run(HEX, 64)],
  }),
];
