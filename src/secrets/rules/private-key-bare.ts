import { generateKeyPairSync } from 'node:crypto';
import { runFrom } from '../base64-run.ts';
import { judgeDerFile } from '../keys/judge-key.ts';
import { entropy } from '../plausible.ts';
import type { Found, SecretRule, Site } from '../rule.ts';
import { latin1 } from '../shapes/latin1.ts';

/** Letters from the begin of a key to the anchor, and room for what stands before the key. */
const TO_ANCHOR = 6;
const BEFORE = 48;
/** Room for a key of 16,384 bits, its lines broken and indented. */
const REACH = 20 * 1024;

/** Base64 of a key in DER without the lines of PEM around it, as Java, .NET and payment gateways keep keys in settings. */
export const rules: readonly SecretRule[] = [
  {
    id: 'private-key-bare-base64',
    title: 'Private key in base64 without its header',
    severity: 'critical',
    specification: 'https://www.rfc-editor.org/rfc/rfc5958',
    // What follows the lengths: PKCS#8 of RSA, PKCS#1 of 2,048, 1,024 and 4,096 bits.
    anchors: ['IBADANBgkqhkiG9w0BAQEFAA', 'IBAAKCAQEA', 'IBAAKBgQ', 'IBAAKCAgEA'],
    reach: { before: BEFORE, after: REACH },
    inspect,
    samples: {
      hits: () => [`private_key=${bareKey('pkcs8')}\n`, `String KEY = "${bareKey('pkcs1')}";\n`],
      misses: () => [`private_key=${bareKey('pkcs1').slice(0, 90)}\n`, 'rsa = MIIEIBAAKCAQEA'],
    },
  },
];

function inspect(site: Site): Found | undefined {
  const start = site.at - TO_ANCHOR;
  if (start < site.start || !/^MII[A-Za-z0-9+/]{3}$/.test(latin1(site.bytes, start, site.at))) return undefined;
  // A block of PEM judges its body itself.
  if (/-----["'\s\\nr+]{0,20}$/.test(latin1(site.bytes, site.start, start))) return undefined;
  const { end, decoded } = runFrom(site, start, start);
  if (decoded.length < SHORTEST_KEY) return undefined;
  const judgement = judgeDerFile(decoded);
  if (judgement !== undefined) return { ...judgement, start, end };
  if (entropy(latin1(site.bytes, start, Math.min(end, start + SAMPLE))) < LEAST_ENTROPY) return undefined;
  return { verdict: 'contextual', proof: 'begins as a key does and does not parse', start, end };
}

/** Bytes of the begin of a key that is no excerpt in documentation. */
const SHORTEST_KEY = 180;
const LEAST_ENTROPY = 4.5;
/** Letters that tell whether all are drawn at random. */
const SAMPLE = 1024;

function bareKey(type: 'pkcs1' | 'pkcs8'): string {
  return generateKeyPairSync('rsa', { modulusLength: 1024 })
    .privateKey.export({ type, format: 'der' })
    .toString('base64');
}
