import type { SecretRule } from '../rule.ts';
import { HEX_ANY } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'shopify-admin-token',
    title: 'Shopify admin API token',
    prefixes: ['shpat_'],
    parts: [run(HEX_ANY, 32)],
  }),
  tokenRule({
    id: 'shopify-custom-app-token',
    title: 'Shopify custom app token',
    prefixes: ['shpca_'],
    parts: [run(HEX_ANY, 32)],
  }),
  tokenRule({
    id: 'shopify-private-app-password',
    title: 'Shopify private app password',
    prefixes: ['shppa_'],
    parts: [run(HEX_ANY, 32)],
  }),
  tokenRule({
    id: 'shopify-shared-secret',
    title: 'Shopify app shared secret',
    prefixes: ['shpss_'],
    parts: [run(HEX_ANY, 32)],
  }),
  tokenRule({
    id: 'shopify-partner-token',
    title: 'Shopify partner token',
    prefixes: ['shptka_'],
    parts: [run(HEX_ANY, 32)],
  }),
];
