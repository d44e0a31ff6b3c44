import type { SecretRule } from '../rule.ts';
import { BASE64URL } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'mapbox-secret-token',
    title: 'Mapbox secret token',
    prefixes: ['sk.eyJ'],
    parts: [run(BASE64URL, 50, 300), '.', run(BASE64URL, 20, 24)],
  }),
  tokenRule({
    id: 'mapbox-temporary-token',
    title: 'Mapbox temporary token',
    prefixes: ['tk.eyJ'],
    parts: [run(BASE64URL, 60, 500), '.', run(BASE64URL, 20, 24)],
  }),
  tokenRule({
    id: 'mapbox-public-token',
    title: 'Mapbox public token',
    prefixes: ['pk.eyJ'],
    parts: [run(BASE64URL, 40, 300), '.', run(BASE64URL, 20, 24)],
    severity: 'low',
  }),
];
