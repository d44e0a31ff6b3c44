import type { SecretRule } from '../rule.ts';
import { ALPHA } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({ id: 'huggingface-token', title: 'Hugging Face user token', prefixes: ['hf_'], parts: [run(ALPHA, 34)] }),
  tokenRule({
    id: 'huggingface-org-token',
    title: 'Hugging Face organization token',
    prefixes: ['api_org_'],
    parts: [run(ALPHA, 34)],
  }),
];
