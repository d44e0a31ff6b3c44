import type { SecretRule } from '../rule.ts';
import { uuid } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({ id: 'langfuse-secret-key', title: 'Langfuse secret key', prefixes: ['sk-lf-'], parts: [...uuid()] }),
];
