import type { SecretRule } from '../rule.ts';
import { BASE62 } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({ id: 'prefect-api-key', title: 'Prefect API key', prefixes: ['pnu_', 'pnb_'], parts: [run(BASE62, 36)] }),
];
