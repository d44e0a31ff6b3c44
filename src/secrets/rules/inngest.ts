import type { SecretRule } from '../rule.ts';
import { HEX, LOWER } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'inngest-signing-key',
    title: 'Inngest signing key',
    specification: 'https://www.inngest.com/docs/platform/signing-keys',
    prefixes: ['signkey-'],
    parts: [run(LOWER, 4, 8), '-', run(HEX, 32, 64)],
  }),
];
