import { entropy, plausibility } from '../plausible.ts';
import type { AnchoredRule, Found, SecretRule, Site } from '../rule.ts';
import { BASE64URL } from '../shapes/char-set.ts';
import { latin1 } from '../shapes/latin1.ts';
import { run } from '../shapes/parts.ts';
import { sampleOf } from '../shapes/sample.ts';

const drawn = sampleOf([run(BASE64URL, 43)], 'jwk');

export const rules: readonly SecretRule[] = [
  memberRule({
    id: 'jwk-octets',
    title: 'Symmetric JSON Web Key',
    after: /^\s{0,4}:\s{0,4}"oct"[^{}]{0,400}?"k"\s{0,4}:\s{0,4}"([A-Za-z0-9_-]{20,400})"/,
    type: /^\s{0,4}:\s{0,4}"oct"/,
    before: /"k"\s{0,4}:\s{0,4}"([A-Za-z0-9_-]{20,400})"[^{}]{0,200}$/,
    hit: `{"alg":"HS256","k":"${drawn}","kty":"oct"}`,
    miss: `{"k":"${drawn}","kty":"EC"}`,
  }),
  memberRule({
    id: 'jwk-exponent',
    title: 'Private JSON Web Key, its secret ahead of its type',
    type: /^\s{0,4}:\s{0,4}"(?:EC|OKP|RSA)"/,
    before: /"d"\s{0,4}:\s{0,4}"([A-Za-z0-9_-]{40,700})"[^{}]{0,200}$/,
    hit: `{"d":"${drawn}","kty":"EC","crv":"P-256"}`,
    miss: `{"x":"${drawn}","kty":"EC","crv":"P-256"}`,
  }),
];

interface Member {
  readonly id: string;
  readonly title: string;
  /** Run on what follows `"kty"`. */
  readonly type: RegExp;
  readonly after?: RegExp;
  /** Run on what comes ahead of `"kty"`. */
  readonly before: RegExp;
  readonly hit: string;
  readonly miss: string;
}

/** A rule of the member of a JSON Web Key that is secret (RFC 7518 section 6), wherever it stands beside `kty`. */
function memberRule(member: Member): AnchoredRule {
  return {
    id: member.id,
    title: member.title,
    severity: 'critical',
    specification: 'https://www.rfc-editor.org/rfc/rfc7518#section-6',
    anchors: ['"kty"'],
    reach: { before: 900, after: 900 },
    inspect: (site) => inspect(site, member),
    samples: { hits: () => [member.hit], misses: () => [member.miss] },
  };
}

function inspect(site: Site, member: Member): Found | undefined {
  const from = site.at + site.length;
  const rest = latin1(site.bytes, from, site.end);
  if (!member.type.test(rest)) return undefined;
  const behind = member.after?.exec(rest);
  if (behind !== undefined && behind !== null) return judged(behind, from);
  const ahead = member.before.exec(latin1(site.bytes, site.start, site.at));
  return ahead === null ? undefined : judged(ahead, site.start);
}

function judged(match: RegExpExecArray, from: number): Found | undefined {
  const value = match[1] ?? '';
  const start = from + match.index + match[0].lastIndexOf(`"${value}"`) + 1;
  const place = { start, end: start + value.length };
  const plausible = plausibility(value);
  if (plausible === 'reference' || plausible === 'placeholder')
    return { verdict: 'contextual', ...place, suppressed: plausible };
  return { verdict: plausible === 'weak' || entropy(value) < 3.2 ? 'generic' : 'contextual', ...place };
}
