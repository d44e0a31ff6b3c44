import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { HEX, HEX_UPPER } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'twilio-api-key',
    title: 'Twilio API key',
    prefixes: prefixes('0123456789abcdef'),
    parts: [run(HEX, 31)],
  }),
  tokenRule({
    id: 'twilio-api-key-capitals',
    title: 'Twilio API key in capitals',
    prefixes: prefixes('0123456789ABCDEF'),
    parts: [run(HEX_UPPER, 31)],
    verdict: 'contextual',
  }),
  assignedRule({ id: 'twilio-auth-token', title: 'Twilio auth token', words: ['twilio'], value: [run(HEX, 32)] }),
];

/** `SK` alone is too short to look for. */
function prefixes(digits: string): string[] {
  return [...digits].map((digit) => `SK${digit}`);
}
