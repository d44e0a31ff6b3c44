import type { SecretRule } from '../rule.ts';
import { BASE62, BASE64URL } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'terraform-cloud-token',
    title: 'Terraform Cloud token',
    prefixes: ['.atlasv1.'],
    before: [run(BASE62, 14)],
    parts: [run(BASE64URL, 60, 70)],
  }),
];
