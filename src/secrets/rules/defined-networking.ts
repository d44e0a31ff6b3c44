import type { SecretRule } from '../rule.ts';
import { BASE32 } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'defined-networking-key',
    title: 'Defined Networking API key',
    specification: 'https://docs.defined.net/guides/automating-host-creation/',
    prefixes: ['dnkey-'],
    parts: [run(BASE32, 26), '-', run(BASE32, 52)],
  }),
];
