import type { SecretRule } from '../rule.ts';
import { BASE64URL } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'yandex-api-key',
    title: 'Yandex Cloud API key',
    prefixes: ['AQVN'],
    parts: [run(BASE64URL, 35, 38)],
  }),
  tokenRule({
    id: 'yandex-iam-token',
    title: 'Yandex Cloud IAM token',
    prefixes: ['t1.9eu'],
    parts: [run(BASE64URL, 80, 400), '.', run(BASE64URL, 86, 90)],
  }),
  tokenRule({
    id: 'yandex-static-key',
    title: 'Yandex Cloud static key',
    prefixes: ['YCAJE'],
    parts: [run(BASE64URL, 20)],
  }),
  tokenRule({
    id: 'yandex-secret-key',
    title: 'Yandex Cloud secret key',
    prefixes: ['YCM', 'YCN', 'YCO', 'YCP'],
    parts: [run(BASE64URL, 37)],
    verdict: 'contextual',
  }),
];
