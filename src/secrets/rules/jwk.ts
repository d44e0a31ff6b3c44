import { createPrivateKey, createPublicKey } from 'node:crypto';
import { provenKey } from '../keys/proven-key.ts';
import { publicKeyJoins } from '../keys/public-digest.ts';
import { entropy, plausibility } from '../plausible.ts';
import type { Found, Judgement, SecretRule, Site } from '../rule.ts';
import { BASE64URL } from '../shapes/char-set.ts';
import { latin1 } from '../shapes/latin1.ts';
import { run } from '../shapes/parts.ts';
import { sampleOf } from '../shapes/sample.ts';

/** Bytes of an RSA key of 4,096 bits, all its numbers in it, to either side of its type. */
const REACH = 4096;

const drawn = sampleOf([run(BASE64URL, 43)], 'jwk');

/** The member of a JSON Web Key that is secret (RFC 7518 section 6), wherever it stands beside `kty`. */
export const rules: readonly SecretRule[] = [
  {
    id: 'jwk-private-key',
    title: 'Private or symmetric JSON Web Key',
    severity: 'critical',
    specification: 'https://www.rfc-editor.org/rfc/rfc7518#section-6',
    anchors: ['"kty"'],
    reach: { before: REACH, after: REACH },
    inspect,
    samples: {
      hits: () => [
        `{"kty":"EC","crv":"P-256","x":"a","y":"b","d":"${drawn}"}`,
        `{"d":"${drawn}","kty":"OKP","crv":"Ed25519"}`,
        `{"alg":"HS256","k":"${drawn}","kty":"oct"}`,
      ],
      misses: () => [`{"kty":"EC","crv":"P-256","x":"${drawn}"}`, `{"k":"${drawn}","kty":"EC"}`],
    },
  },
];

function inspect(site: Site): Found | undefined {
  const from = site.at + site.length;
  const type = /^\s{0,4}:\s{0,4}"(oct|EC|OKP|RSA)"/.exec(latin1(site.bytes, from, Math.min(site.end, from + 24)))?.[1];
  if (type === undefined) return undefined;
  const { text, start } = objectAround(site);
  const name = type === 'oct' ? '"k"' : '"d"';
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    const [member, value] = MEMBER.exec(text.slice(at + name.length, at + LONGEST_MEMBER)) ?? [];
    if (member === undefined || value === undefined) continue;
    const end = start + at + name.length + member.length - 1;
    return { ...judge(text, value), start: end - value.length, end };
  }
  return undefined;
}

const MEMBER = /^\s{0,4}:\s{0,4}"([A-Za-z0-9_-]{20,800})"/;
const LONGEST_MEMBER = 900;

/** The members between the braces around the type; keys hold no braces. */
function objectAround({ bytes, start, end, at }: Site): { readonly text: string; readonly start: number } {
  let from = at;
  while (from > start && bytes[from - 1] !== OPEN && bytes[from - 1] !== CLOSE) from--;
  let to = at;
  while (to < end && bytes[to] !== OPEN && bytes[to] !== CLOSE) to++;
  return { text: latin1(bytes, from, to), start: from };
}

const OPEN = 0x7b;
const CLOSE = 0x7d;

function judge(text: string, value: string): Judgement {
  const plausible = plausibility(value);
  if (plausible === 'reference' || plausible === 'placeholder') return { verdict: 'contextual', suppressed: plausible };
  if (plausible === 'weak' || entropy(value) < LEAST_ENTROPY) return { verdict: 'generic' };
  return provenByNumbers(text) ?? { verdict: 'contextual' };
}

const LEAST_ENTROPY = 3.2;

/** A key whose numbers are all there and that OpenSSL takes; it says no by errors of many codes. */
function provenByNumbers(text: string): Judgement | undefined {
  try {
    const key = createPrivateKey({ key: JSON.parse(`{${text}}`), format: 'jwk' });
    return provenKey(publicKeyJoins(createPublicKey(key)), 'json web key');
  } catch {
    return undefined;
  }
}
