import type { SecretRule } from '../rule.ts';
import { HEX } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { sampleOf } from '../shapes/sample.ts';

const key = sampleOf([run(HEX, 32)], 'rails');

export const rules: readonly SecretRule[] = [
  {
    id: 'rails-master-key',
    title: 'Rails master key',
    severity: 'critical',
    specification: 'https://guides.rubyonrails.org/security.html#custom-credentials',
    select: [
      { basename: 'master.key' },
      { suffix: '/credentials/production.key' },
      { suffix: '/credentials/staging.key' },
    ],
    *inspectFile({ bytes }) {
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(64, bytes.length)).toString('latin1');
      if (bytes.length <= 40 && /^[0-9a-f]{32}\s*$/.test(text)) yield { verdict: 'contextual', start: 0, end: 32 };
    },
    samples: {
      hits: () => [{ path: '/app/config/master.key', content: `${key}\n` }],
      misses: () => [
        { path: '/app/config/other.key', content: key },
        { path: '/app/config/master.key', content: 'see the vault\n' },
      ],
    },
  },
];
