import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { provenKey } from '../keys/proven-key.ts';
import { publicKeyJoins } from '../keys/public-digest.ts';
import type { Found, Judgement, SecretRule, Site } from '../rule.ts';
import { latin1 } from '../shapes/latin1.ts';

/** Room for the eight numbers of a key of 4,096 bits, with breaks and escapes. */
const REACH = 6 * 1024;

/** RSA keys as .NET and XML Signature write them. */
export const rules: readonly SecretRule[] = [
  {
    id: 'private-key-rsa-xml',
    title: 'RSA private key in XML',
    severity: 'critical',
    specification: 'https://learn.microsoft.com/dotnet/api/system.security.cryptography.rsa.toxmlstring',
    anchors: ['<RSAKeyValue', '&lt;RSAKeyValue', 'u003cRSAKeyValue', 'u003CRSAKeyValue'],
    reach: { before: 2, after: REACH },
    inspect,
    samples: {
      hits: () => [xmlKey(), xmlKey().replaceAll('<', '&lt;').replaceAll('>', '&gt;')],
      misses: () => [xmlKey(['Modulus', 'Exponent'])],
    },
  },
];

/** Names of the numbers in XML and in a JSON Web Key. */
const NUMBERS = {
  Modulus: 'n',
  Exponent: 'e',
  P: 'p',
  Q: 'q',
  DP: 'dp',
  DQ: 'dq',
  InverseQ: 'qi',
  D: 'd',
} as const;

function inspect(site: Site): Found | undefined {
  const text = latin1(site.bytes, site.at, site.end);
  const close = text.indexOf('/RSAKeyValue');
  if (close < 0) return undefined;
  const key = text.slice(0, close);
  const secret = numberIn(key, 'D');
  if (secret === undefined || secret.length < SHORTEST_NUMBER) return undefined;
  return { ...judge(key), start: site.at, end: site.at + close, identity: secret };
}

/** Base64 letters of a number of 512 bits. */
const SHORTEST_NUMBER = 80;

/** The base64 between the tags of a number, without what escapes and breaks it. */
function numberIn(key: string, name: string): string | undefined {
  for (const [open, shut] of TAGS) {
    const at = key.indexOf(`${open}${name}${shut}`);
    if (at < 0) continue;
    const from = at + open.length + name.length + shut.length;
    const end = key.indexOf(open, from);
    if (end < 0) return undefined;
    const letters = key
      .slice(from, end)
      .split(/\\[rn]|\s/)
      .join('');
    return letters.replaceAll('\\', '');
  }
  return undefined;
}

const TAGS = [
  ['<', '>'],
  ['&lt;', '&gt;'],
  ['\\u003c', '\\u003e'],
  ['\\u003C', '\\u003E'],
] as const;

function judge(key: string): Judgement {
  const jwk: Record<string, string> = { kty: 'RSA' };
  for (const [name, member] of Object.entries(NUMBERS))
    jwk[member] = Buffer.from(numberIn(key, name) ?? '', 'base64').toString('base64url');
  try {
    return provenKey(publicKeyJoins(createPublicKey(createPrivateKey({ key: jwk, format: 'jwk' }))), 'rsa key');
  } catch {
    // OpenSSL refuses numbers that are no key, by errors of many codes.
    return { verdict: 'contextual', proof: 'complete key whose numbers do not parse' };
  }
}

function xmlKey(names: readonly string[] = Object.keys(NUMBERS)): string {
  const jwk = new Map(
    Object.entries(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ format: 'jwk' })),
  );
  const numbers = Object.entries(NUMBERS)
    .filter(([name]) => names.includes(name))
    .map(
      ([name, member]) => `<${name}>${Buffer.from(String(jwk.get(member)), 'base64url').toString('base64')}</${name}>`,
    );
  return `<RSAKeyValue>${numbers.join('')}</RSAKeyValue>`;
}
