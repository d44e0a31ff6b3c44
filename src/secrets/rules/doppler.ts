import type { SecretRule } from '../rule.ts';
import { BASE62, BASE64URL } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

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
    parts: [run(BASE64URL, 0, 35), '.', run(BASE62, 40, 44)],
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
