import { generateKeyPairSync, hash } from 'node:crypto';
import { judgePemKey } from '../keys/judge-key.ts';
import { type PemBlock, readPemBlock } from '../keys/pem-block.ts';
import { readPemRuns } from '../keys/pem-runs.ts';
import type { AnchoredRule, Found, SecretRule, Site } from '../rule.ts';
import { latin1 } from '../shapes/latin1.ts';

const SPECIFICATION = 'https://www.rfc-editor.org/rfc/rfc7468';

/** Room for an RSA key of 16,384 bits with escapes, or a PGP key with a few subkeys. */
const REACH = 32 * 1024;
const LONGEST_OPENING = 60;

export const rules: readonly SecretRule[] = [
  pemRule('private-key-rsa-pem', 'RSA private key', ['-----BEGIN RSA PRIVATE'], () => rsaKey()),
  pemRule('private-key-pkcs8-pem', 'Private key (PKCS#8)', ['-----BEGIN PRIVATE KEY', '-----BEGIN ANY PRIVATE'], () =>
    pkcs8Key(),
  ),
  pemRule('private-key-ec-pem', 'EC private key', ['-----BEGIN EC PRIVATE', '-----BEGIN ECDSA PRIVATE'], () => ecKey()),
  pemRule('private-key-dsa-pem', 'DSA private key', ['-----BEGIN DSA PRIVATE'], () => relabel(ecKey(), 'DSA')),
  pemRule('private-key-encrypted-pem', 'Encrypted private key (PKCS#8)', ['-----BEGIN ENCRYPTED'], () =>
    encryptedKey(),
  ),
  pemRule('private-key-openssh', 'OpenSSH private key', ['-----BEGIN OPENSSH'], () => relabel(ecKey(), 'OPENSSH')),
  pemRule('private-key-pgp', 'OpenPGP private key', ['-----BEGIN PGP PRIVATE', '-----BEGIN PGP SECRET'], () =>
    pgpKey(),
  ),
  pemRule('private-key-in-url', 'Private key in a URL or form', ['-----BEGIN%20', '-----BEGIN+'], () =>
    encodeURIComponent(rsaKey()),
  ),
  otherLabelRule(),
  pemRule('private-key-ssh2', 'SSH2 private key', ['---- BEGIN SSH2 ENCRYPTED'.slice(0, 24)], () => ssh2Key()),
];

function pemRule(id: string, title: string, anchors: readonly string[], sample: () => string): AnchoredRule {
  return {
    id,
    title,
    severity: 'critical',
    specification: SPECIFICATION,
    anchors,
    reach: { before: 4, after: REACH },
    inspect,
    samples: {
      hits: () => [sample(), JSON.stringify({ key: sample() }), sample().replaceAll('\n', '\n    ')],
      misses: () => [
        `${anchors[0]} KEY-----\n`,
        sample().slice(0, 90),
        sample().replace(/[A-Za-z0-9+/%]{16,76}/g, '…'),
      ],
    },
  };
}

/** Private keys that say something else of themselves: `RSA ENCRYPTED`, `X25519`, `NEBULA ED25519`. */
function otherLabelRule(): AnchoredRule {
  const sample = () => relabel(ecKey(), 'X25519');
  return {
    id: 'private-key-other-pem',
    title: 'Private key',
    severity: 'critical',
    specification: SPECIFICATION,
    anchors: [' PRIVATE KEY-----'],
    reach: { before: LONGEST_OPENING, after: REACH },
    inspect: inspectOther,
    samples: {
      hits: () => [sample()],
      misses: () => [relabel(ecKey(), 'TSS2'), sample().replaceAll('PRIVATE', 'PUBLIC')],
    },
  };
}

/** Labels of the rules above, and of keys that are worthless outside the chip that wrapped them. */
const KNOWN_LABEL = /^(?:RSA|ANY|EC|ECDSA|DSA|ENCRYPTED.{0,40}|OPENSSH|PGP|SSH2 ENCRYPTED|TSS2)$/;

function inspectOther(site: Site): Found | undefined {
  const line = latin1(site.bytes, site.start, site.at);
  const begin = line.lastIndexOf('-----BEGIN ');
  if (begin < 0 || !/^-----BEGIN [A-Z0-9][A-Z0-9 ]{0,40}$/.test(line.slice(begin))) return undefined;
  if (KNOWN_LABEL.test(line.slice(begin + '-----BEGIN '.length))) return undefined;
  return inspect({ ...site, at: site.start + begin });
}

/** The block as it stands, and where that says nothing for sure, what its long lines come to. */
function inspect(site: Site): Found | undefined {
  const strict = judged(site, readPemBlock(site.bytes, site.at, site.end));
  if (strict?.verdict === 'proven' || strict?.verdict === 'structured') return strict;
  const loose = judged(site, readPemRuns(site.bytes, site.at, site.end));
  return loose?.verdict === 'proven' || loose?.verdict === 'structured' ? loose : (strict ?? loose);
}

function judged(site: Site, block: PemBlock | undefined): Found | undefined {
  if (block === undefined || !/PRIVATE|SECRET|SSH2 ENCRYPTED/.test(block.label)) return undefined;
  const judgement = judgePemKey(block);
  return judgement === undefined ? undefined : { ...judgement, start: site.at, end: block.end, identity: block.body };
}

function rsaKey(): string {
  return generateKeyPairSync('rsa', { modulusLength: 1024 })
    .privateKey.export({ type: 'pkcs1', format: 'pem' })
    .toString();
}

function pkcs8Key(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function ecKey(): string {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ type: 'sec1', format: 'pem' })
    .toString();
}

function encryptedKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'not a common one' })
    .toString();
}

function relabel(pem: string, label: string): string {
  return pem.replaceAll('EC PRIVATE', `${label} PRIVATE`);
}

/** A version 4 RSA secret key packet without encryption, numbers all ones. */
function pgpKey(): string {
  const number = Buffer.concat([Buffer.from([4, 0]), Buffer.alloc(128, 0x5a)]);
  const packet = Buffer.concat([Buffer.from([4, 0, 0, 0, 1, 1]), number, number, Buffer.from([0]), number]);
  const header = Buffer.from([0x95, packet.length >> 8, packet.length & 0xff]);
  return armored('-----', 'PGP PRIVATE KEY BLOCK', Buffer.concat([header, packet]));
}

function ssh2Key(): string {
  return armored('---- ', 'SSH2 ENCRYPTED PRIVATE KEY', hash('sha512', 'ssh2', 'buffer'));
}

function armored(dashes: string, label: string, bytes: Buffer): string {
  const closing = [...dashes].reverse().join('');
  const body =
    bytes
      .toString('base64')
      .match(/.{1,64}/g)
      ?.join('\n') ?? '';
  return `${dashes}BEGIN ${label}${closing}\n${body}\n${dashes}END ${label}${closing}\n`;
}
