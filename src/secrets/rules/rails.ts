import type { SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { HEX } from '../shapes/char-set.ts';
import { latin1 } from '../shapes/latin1.ts';
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
      { suffix: '.key', within: '/config/credentials/' },
      { suffix: '/credentials/production.key' },
      { suffix: '/credentials/staging.key' },
    ],
    *inspectFile({ bytes }) {
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(64, bytes.length)).toString('latin1');
      if (bytes.length <= 40 && /^[0-9a-f]{32}\s{0,8}$/.test(text))
        yield { verdict: 'contextual', start: 0, end: 32, opens: text.slice(0, 32) };
    },
    samples: {
      hits: () => [
        { path: '/app/config/master.key', content: `${key}\n` },
        { path: '/app/config/credentials/beta.key', content: key },
      ],
      misses: () => [
        { path: '/app/config/other.key', content: key },
        { path: '/app/config/master.key', content: 'see the vault\n' },
      ],
    },
  },
  railsVariable(),
];

function railsVariable(): SecretRule {
  const rule = assignedRule({
    id: 'rails-master-key-variable',
    title: 'Rails master key given to a variable',
    severity: 'critical',
    specification: 'https://guides.rubyonrails.org/security.html#custom-credentials',
    words: ['rails_master_key'],
    names: [],
    value: [run(HEX, 32)],
  });
  return {
    ...rule,
    inspect: (site) => {
      const found = rule.inspect(site);
      return found === undefined ? undefined : { ...found, opens: latin1(site.bytes, found.start, found.end) };
    },
  };
}
