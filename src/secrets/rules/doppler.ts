import type { SecretRule } from '../rule.ts';
import { BASE62, charSet } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { sampleOf } from '../shapes/sample.ts';
import { tokenRule } from '../shapes/token.ts';

/** The name of the configuration comes before newer tokens. */
const NAME_AND_TOKEN = charSet('name and token', '0-9A-Za-z_.-');
const drawn = sampleOf([run(BASE62, 40)], 'doppler');

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'doppler-personal-token',
    title: 'Doppler personal token',
    prefixes: ['dp.pt.'],
    parts: [run(BASE62, 40, 44)],
  }),
  tokenRule({
    id: 'doppler-service-token',
    title: 'Doppler service token',
    prefixes: ['dp.st.'],
    parts: [run(NAME_AND_TOKEN, 40, 80)],
    check: (token) =>
      /^dp\.st\.(?:[a-z0-9_-]{1,35}\.)?[A-Za-z0-9]{40,44}$/.test(token) ? { verdict: 'structured' } : undefined,
    samples: {
      hits: () => [`key = dp.st.${drawn}\n`, `key = "dp.st.prd_eu.${drawn}"\n`],
      misses: () => [`key = dp.st.${drawn.slice(1)}\n`, `key = dp.st.a.b.${drawn}\n`],
    },
  }),
  tokenRule({
    id: 'doppler-cli-token',
    title: 'Doppler CLI token',
    prefixes: ['dp.ct.'],
    parts: [run(BASE62, 40, 44)],
  }),
  tokenRule({
    id: 'doppler-service-account-token',
    title: 'Doppler service account token',
    prefixes: ['dp.sa.'],
    parts: [run(BASE62, 40, 44)],
  }),
  tokenRule({
    id: 'doppler-scim-token',
    title: 'Doppler SCIM token',
    prefixes: ['dp.scim.'],
    parts: [run(BASE62, 40, 44)],
  }),
  tokenRule({
    id: 'doppler-audit-token',
    title: 'Doppler audit token',
    prefixes: ['dp.audit.'],
    parts: [run(BASE62, 40, 44)],
  }),
];
