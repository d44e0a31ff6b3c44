import type { SecretRule } from '../rule.ts';
import { BASE62, HEX_ANY } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'voiceflow-api-key',
    title: 'Voiceflow API key',
    prefixes: ['VF.DM.', 'VF.WS.'],
    parts: [run(HEX_ANY, 24), '.', run(BASE62, 16)],
  }),
];
