import { PEM_ANCHORS, PEM_REACH, runAround } from '../base64-run.ts';
import { entropy } from '../plausible.ts';
import type { Found, SecretRule, Site } from '../rule.ts';
import { BASE64 } from '../shapes/char-set.ts';
import { latin1 } from '../shapes/latin1.ts';
import { run } from '../shapes/parts.ts';
import { sampleOf } from '../shapes/sample.ts';

/** Room for a name and for other texts in the same run. */
const BEFORE = 256;

/**
 * Base64 that begins as a PEM text does and then decodes to no text: a key whose letters somebody replaced or mixed up.
 * What decodes to a text is judged as that text.
 */
export const rules: readonly SecretRule[] = [
  {
    id: 'private-key-base64',
    title: 'Private key in base64 that does not decode',
    severity: 'critical',
    specification: 'https://www.rfc-editor.org/rfc/rfc7468',
    anchors: PEM_ANCHORS,
    reach: { before: BEFORE, after: PEM_REACH },
    inspect,
    samples: {
      hits: () => [`tls.key: ${sample('-----BEGIN EC PRIVATE KEY-----')}`, `client-key-data: ${sample('-----BEGIN ')}`],
      misses: () => [`tls.crt: ${sample('-----BEGIN CERTIFICATE-----')}`, `client-ca-data: ${sample('-----BEGIN ')}`],
    },
  },
];

function inspect(site: Site): Found | undefined {
  const { start, end, decoded } = runAround(site);
  const text = latin1(decoded, 0, decoded.length);
  const at = text.indexOf('-----BEGIN');
  if (at < 0 || text.length - at < SHORTEST_KEY || isText(text)) return undefined;
  const label = /^-----BEGIN ([A-Z0-9 ]{0,40})/.exec(text.slice(at, at + LONGEST_LABEL))?.[1] ?? '';
  if (!label.includes('PRIVATE KEY') && !(isLabelLost(label) && isKeyName(site, start))) return undefined;
  if (entropy(latin1(site.bytes, start, end)) < LEAST_ENTROPY) return undefined;
  return { verdict: 'contextual', proof: 'base64 that begins as a key does and does not decode', start, end };
}

/** Bytes of a text that may hold a key: one of an elliptic curve has 227. */
const SHORTEST_KEY = 160;
const LONGEST_LABEL = 60;
const LEAST_ENTROPY = 4.5;

/** Whether two thirds are printable; of random bytes a third is. */
function isText(text: string): boolean {
  let printable = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if ((code >= 0x20 && code < 0x7f) || code === 0x0a || code === 0x0d) printable++;
  }
  return printable * 3 >= text.length * 2;
}

/** Whether the label itself is no longer to be read. */
function isLabelLost(label: string): boolean {
  return !/^[A-Z]{3}/.test(label);
}

/** Whether what the value is given to says key, and not certificate or public key. */
function isKeyName({ bytes, start: from }: Site, start: number): boolean {
  const name = /[\w.-]{1,64}["']?\s{0,4}[:=]\s{0,8}["']?$/.exec(
    latin1(bytes, Math.max(from, start - LONGEST_NAME), start),
  );
  return name !== null && /key|priv|pem/i.test(name[0]) && !/cert|crt|pub|csr|(?:^|[^a-z])ca[^a-z]/i.test(name[0]);
}

const LONGEST_NAME = 80;

function sample(begin: string): string {
  return `${Buffer.from(begin).toString('base64').replace(/=/g, '').slice(0, -1)}${sampleOf([run(BASE64, 280)], begin)}\n`;
}
