import { crc32Base62 } from '../checksum.ts';
import type { Judgement, SecretRule } from '../rule.ts';
import { BASE62, charSet } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { sampleOf } from '../shapes/sample.ts';
import { tokenRule } from '../shapes/token.ts';

const SPECIFICATION =
  'https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/';

const prefixed = {
  parts: [run(BASE62, 36)],
  check: checksummed,
  fused: true,
  specification: SPECIFICATION,
} as const;

export const rules: readonly SecretRule[] = [
  classic('github-pat', 'GitHub personal access token', 'ghp_'),
  classic('github-oauth-token', 'GitHub OAuth access token', 'gho_'),
  classic('github-app-user-token', 'GitHub App user token', 'ghu_'),
  classic('github-app-installation-token', 'GitHub App installation token', 'ghs_'),
  tokenRule({
    id: 'github-refresh-token',
    title: 'GitHub refresh token',
    prefixes: ['ghr_'],
    parts: [run(BASE62, 36, 76)],
    check: checksummed,
    specification: SPECIFICATION,
  }),
  tokenRule({
    id: 'github-fine-grained-pat',
    title: 'GitHub fine-grained personal access token',
    prefixes: ['github_pat_'],
    parts: [run(BASE62, 22), '_', run(BASE62, 59)],
    specification: SPECIFICATION,
  }),
  tokenRule({
    id: 'github-stateless-installation-token',
    title: 'GitHub App installation token (stateless)',
    prefixes: ['ghs_'],
    parts: [run(charSet('digit', '0-9'), 1, 12), '_eyJ', run(charSet('jwt', '0-9A-Za-z_.-'), 100, 1000)],
    specification: SPECIFICATION,
  }),
];

function classic(id: string, title: string, prefix: string): SecretRule {
  const body = sampleOf([run(BASE62, 30)], id);
  const whole = `${prefix}${body}${crc32Base62(body, 6)}`;
  return tokenRule({
    ...prefixed,
    id,
    title,
    prefixes: [prefix],
    samples: { hits: () => [`TOKEN=${whole}\n`], misses: () => [whole.slice(0, -1), `x${whole.slice(0, -1)}0`] },
  });
}

/** The last six characters are the CRC-32 of those before; a wrong one means invented, mistyped or re-drawn. */
function checksummed(token: string): Judgement {
  const body = token.slice(4, -6);
  if (crc32Base62(body, 6) === token.slice(-6)) return { verdict: 'proven', proof: 'crc32' };
  return { verdict: 'contextual', proof: 'shape holds, checksum does not' };
}
