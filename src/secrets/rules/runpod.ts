import type { SecretRule } from '../rule.ts';
import { BASE62 } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({ id: 'runpod-api-key', title: 'RunPod API key', prefixes: ['rpa_'], parts: [run(BASE62, 40, 46)] }),
];
