import { createHmac } from 'node:crypto';
import { decodedJson } from '../decoded-json.ts';
import type { Judgement, SecretRule } from '../rule.ts';
import { BASE64URL } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { sampleOf } from '../shapes/sample.ts';
import { tokenRule } from '../shapes/token.ts';

const SPECIFICATION = 'https://www.rfc-editor.org/rfc/rfc7519';
const PARTS = [run(BASE64URL, 8, 1000), '.', run(BASE64URL, 8, 4000), '.', run(BASE64URL, 16, 1024)] as const;

type Claims = Readonly<Record<string, unknown>>;

export const rules: readonly SecretRule[] = [
  jwtRule('kubernetes-service-account-token', 'Kubernetes service account token (JWT)', 'critical', isKubernetes, {
    iss: 'kubernetes/serviceaccount',
    sub: 'system:serviceaccount:default:ci',
  }),
  jwtRule(
    'supabase-service-role-key',
    'Supabase service role key (JWT)',
    'critical',
    (claims) => claims['role'] === 'service_role',
    { iss: 'supabase', role: 'service_role' },
  ),
  jwtRule('jwt', 'JSON Web Token', 'medium', (claims) => !isKubernetes(claims) && claims['role'] !== 'service_role', {
    sub: 'user-4711',
    iss: 'auth.intern',
  }),
];

function jwtRule(
  id: string,
  title: string,
  severity: 'critical' | 'medium',
  wanted: (claims: Claims) => boolean,
  claims: object,
): SecretRule {
  const encode = (content: object) => Buffer.from(JSON.stringify(content)).toString('base64url');
  const whole = `${encode({ alg: 'RS256', kid: 'a1' })}.${encode(claims)}.${sampleOf([run(BASE64URL, 86)], id)}`;
  return tokenRule({
    id,
    title,
    severity,
    specification: SPECIFICATION,
    prefixes: ['eyJ'],
    parts: PARTS,
    check: (token) => judge(token, wanted),
    body: (token) => token.slice(token.lastIndexOf('.') + 1),
    samples: {
      hits: () => [`token: ${whole}\n`],
      misses: () => [
        whole.slice(0, whole.lastIndexOf('.')),
        `x${whole}`,
        'eyJub3QiOiJhIGp3dCJ9.bm90IGpzb24gYXQgYWxs.c2lnbmF0dXJlMTIzNDU2Nzg5MA',
      ],
    },
  });
}

function isKubernetes(claims: Claims): boolean {
  return (
    String(claims['iss'] ?? '').includes('serviceaccount') ||
    String(claims['sub'] ?? '').startsWith('system:serviceaccount:')
  );
}

/** Keys of the HMAC examples in RFC 7519, jwt.io and popular tutorials. */
const EXAMPLE_KEYS = [
  'your-256-bit-secret',
  'your-384-bit-secret',
  'your-512-bit-secret',
  'secret',
  'a-string-secret-at-least-256-bits-long',
  'shhhhh',
  'test',
  'key',
  'mysecret',
  'qwerty',
  'password',
];

function judge(token: string, wanted: (claims: Claims) => boolean): Judgement | undefined {
  const [first = '', second = '', signature = ''] = token.split('.');
  const header = decodedJson(first);
  const claims = decodedJson(second);
  if (header === undefined || typeof header['alg'] !== 'string') return undecodable(token, wanted);
  if (claims === undefined) return wanted({}) ? { verdict: 'contextual', proof: 'claims do not decode' } : undefined;
  if (!wanted(claims)) return undefined;
  const facts = `alg ${header['alg']}${typeof claims['exp'] === 'number' ? `, expires ${new Date(Math.min(claims['exp'], 8e12) * 1000).toISOString().slice(0, 10)}` : ', never expires'}`;
  if (header['alg'].startsWith('HS') && isExample(header['alg'], `${first}.${second}`, signature))
    return { verdict: 'structured', suppressed: 'published-example' };
  return { verdict: 'structured', proof: facts };
}

/** Something with the outline of a token whose parts are no JSON: cut, re-drawn or encrypted. */
function undecodable(token: string, wanted: (claims: Claims) => boolean): Judgement | undefined {
  const [first = '', second = '', signature = ''] = token.split('.');
  if (!wanted({}) || first.length < 16 || second.length < 24 || signature.length < 20 || token.length < 90)
    return undefined;
  return { verdict: 'contextual', proof: 'parts do not decode' };
}

function isExample(algorithm: string, signed: string, signature: string): boolean {
  const hash = `sha${algorithm.slice(2)}`;
  if (!['sha256', 'sha384', 'sha512'].includes(hash)) return false;
  return EXAMPLE_KEYS.some((key) => createHmac(hash, key).update(signed).digest('base64url') === signature);
}
