import { isDrawn } from '../plausible.ts';
import type { SecretRule } from '../rule.ts';
import { commandRule } from '../shapes/command.ts';

/** Keys that begin with `sk-` and name no vendor: DeepSeek, Moonshot, Qwen, gateways that speak OpenAI's protocol. */
export const rules: readonly SecretRule[] = [
  commandRule({
    id: 'sk-api-key',
    title: 'API key that begins with sk-',
    specification: 'https://api-docs.deepseek.com/',
    anchors: ['"sk-', "'sk-", '=sk-', ' sk-', '`sk-'],
    pattern: /^([0-9a-f]{32}|[A-Za-z0-9]{48})(?![A-Za-z0-9_-])/,
    accepts: isDrawn,
    reach: 80,
    hit: 'client = OpenAI(api_key="sk-3f7a0c9e51d2b86472e0a9c4d1f85b36")',
    miss: 'client = OpenAI(api_key="sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")',
  }),
];
