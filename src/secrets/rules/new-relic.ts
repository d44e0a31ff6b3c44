import type { SecretRule } from '../rule.ts';
import { BASE64URL, DIGIT, HEX, LOWER, UPPER_ALNUM } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { sampleOf } from '../shapes/sample.ts';
import { tokenRule } from '../shapes/token.ts';

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'new-relic-user-key',
    title: 'New Relic user key',
    prefixes: ['NRAK-'],
    parts: [run(UPPER_ALNUM, 27)],
  }),
  tokenRule({
    id: 'new-relic-insert-key',
    title: 'New Relic insert key',
    prefixes: ['NRII-'],
    parts: [run(BASE64URL, 32)],
  }),
  tokenRule({
    id: 'new-relic-query-key',
    title: 'New Relic query key',
    prefixes: ['NRIQ-'],
    parts: [run(BASE64URL, 32)],
  }),
  tokenRule({
    id: 'new-relic-browser-key',
    title: 'New Relic browser key',
    prefixes: ['NRJS-'],
    parts: [run(HEX, 19)],
    severity: 'low',
  }),
  tokenRule({ id: 'new-relic-rest-key', title: 'New Relic REST key', prefixes: ['NRRA-'], parts: [run(HEX, 42)] }),
  tokenRule({ id: 'new-relic-admin-key', title: 'New Relic admin key', prefixes: ['NRAA-'], parts: [run(HEX, 27)] }),
  tokenRule({
    id: 'new-relic-license-key',
    title: 'New Relic license key',
    prefixes: ['NRAL'],
    before: [run(HEX, 36)],
    parts: [],
  }),
  tokenRule({
    id: 'new-relic-regional-license-key',
    title: 'New Relic license key of a region',
    prefixes: ['NRAL'],
    before: [run(LOWER, 2), run(DIGIT, 2), 'xx', run(HEX, 30)],
    parts: [],
    verdict: 'contextual',
    samples: {
      hits: () => [`license: eu01xx${sampleOf([run(HEX, 30)], 'new-relic')}NRAL`],
      misses: () => ['license: eu01xxNRAL'],
    },
  }),
];
