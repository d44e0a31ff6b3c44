import { DER_SEQUENCE, derChildren, derSequence } from './keys/der.ts';
import { readPemBlock } from './keys/pem-block.ts';
import { sha256 } from './keys/public-digest.ts';
import { readSealed } from './keys/sealed-text.ts';
import type { Found, SecretRule, Site } from './rule.ts';
import { BASE64_PADDED } from './shapes/char-set.ts';
import { latin1 } from './shapes/latin1.ts';

const NO_SAMPLES = { hits: () => [], misses: () => [] };

/**
 * Not secrets: public halves of keys, and sealed texts. A private key whose public half stands in a certificate, a host
 * key or an `authorized_keys` line of the same image is in use; so is a key that opens a sealed text.
 */
export const WITNESSES: readonly SecretRule[] = [
  {
    id: 'certificate',
    title: 'X.509 certificate',
    severity: 'low',
    anchors: ['-----BEGIN CERTIFICATE'],
    reach: { before: 4, after: 16 * 1024 },
    inspect: certificate,
    samples: NO_SAMPLES,
  },
  {
    id: 'ssh-public-key',
    title: 'SSH public key',
    severity: 'low',
    anchors: [
      'ssh-rsa AAAA',
      'ssh-ed25519 AAAA',
      'ecdsa-sha2-nistp256 AAAA',
      'ecdsa-sha2-nistp384 AAAA',
      'ecdsa-sha2-nistp521 AAAA',
    ],
    reach: { before: 0, after: 2048 },
    inspect: sshPublicKey,
    samples: NO_SAMPLES,
  },
  {
    id: 'sealed-credentials',
    title: 'Encrypted Rails credentials',
    severity: 'low',
    select: [{ suffix: '.yml.enc' }],
    *inspectFile({ bytes }) {
      const sealed = readSealed(bytes);
      if (sealed !== undefined)
        yield { verdict: 'generic', witness: true, start: 0, end: bytes.length, join: [{ kind: 'sealed', sealed }] };
    },
    samples: NO_SAMPLES,
  },
];

function certificate(site: Site): Found | undefined {
  const block = readPemBlock(site.bytes, site.at, site.end);
  if (block === undefined) return undefined;
  const info = subjectPublicKeyInfo(Buffer.from(block.body, 'base64'));
  if (info === undefined) return undefined;
  return {
    verdict: 'generic',
    witness: true,
    start: site.at,
    end: block.end,
    join: [{ kind: 'public-key', digest: sha256(info) }],
  };
}

/** The subjectPublicKeyInfo of a certificate (RFC 5280 section 4.1): the sequence after the two names and the dates. */
function subjectPublicKeyInfo(der: Uint8Array): Uint8Array | undefined {
  const sequences = (derChildren(derSequence(der)?.[0]) ?? []).filter(({ tag }) => tag === DER_SEQUENCE);
  const info = sequences[4];
  return info?.bytes.subarray(info.from, info.end);
}

function sshPublicKey(site: Site): Found | undefined {
  const start = site.at + site.length - 4;
  let end = start;
  while (end < site.end && BASE64_PADDED.has[site.bytes[end] ?? 0] === 1) end++;
  const blob = Buffer.from(latin1(site.bytes, start, end), 'base64');
  return { verdict: 'generic', witness: true, start, end, join: [{ kind: 'public-key', digest: sha256(blob) }] };
}
