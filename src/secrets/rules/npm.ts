import { crc32Base62 } from '../checksum.ts';
import type { Judgement, SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE62, BASE64_PADDED } from '../shapes/char-set.ts';
import { run, UUID_ANY } from '../shapes/parts.ts';
import { sampleOf } from '../shapes/sample.ts';
import { tokenRule } from '../shapes/token.ts';

const body = sampleOf([run(BASE62, 30)], 'npm');
const token = `npm_${body}${crc32Base62(body, 6)}`;

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'npm-token',
    title: 'npm access token',
    specification: 'https://github.blog/changelog/2021-09-23-npm-has-a-new-access-token-format/',
    prefixes: ['npm_'],
    parts: [run(BASE62, 36)],
    check: checksummed,
    fused: true,
    samples: {
      hits: () => [`//packages.example.net/:_authToken=${token}\n`],
      misses: () => [token.slice(0, -1), `x${token.slice(0, -1)}0`, 'npm_config_user_agent_is_a_long_variable_name'],
    },
  }),
  assignedRule({
    id: 'npm-legacy-token',
    title: 'npm access token (UUID)',
    words: ['_authtoken', 'npm_token', 'npm_auth_token'],
    names: [],
    value: UUID_ANY,
  }),
  assignedRule({
    id: 'npm-auth',
    title: 'npm registry login',
    words: [':_auth', '\n_auth', ':_password', '_auth='],
    names: [],
    value: [run(BASE64_PADDED, 8, 400)],
    check: basicLogin,
    samples: {
      hits: () => [`//registry.local/:_auth=${Buffer.from('deploy:Kf83mZq0').toString('base64')}\n`],
      misses: () => ['//registry.local/:_auth=${NPM_AUTH}\n', '//registry.local/:_auth=notbase64atall\n'],
    },
  }),
];

function checksummed(text: string): Judgement {
  if (crc32Base62(text.slice(4, -6), 6) === text.slice(-6)) return { verdict: 'proven', proof: 'crc32' };
  return { verdict: 'contextual', proof: 'shape holds, checksum does not' };
}

/** `_auth` is base64 of `user:password`, `_password` of the password alone. */
function basicLogin(value: string): Judgement | undefined {
  const text = Buffer.from(value, 'base64').toString('latin1');
  return /^[\x20-\x7e]{4,}$/.test(text) && value.length % 4 === 0
    ? { verdict: 'contextual', proof: 'base64 text' }
    : undefined;
}
