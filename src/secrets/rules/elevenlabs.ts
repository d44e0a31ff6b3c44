import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';

export const rules: readonly SecretRule[] = [
  assignedRule({
    id: 'elevenlabs-api-key',
    title: 'ElevenLabs API key',
    words: ['elevenlabs', 'xi-api', 'xi_api'],
    value: ['sk_', run(HEX, 48)],
  }),
];
