import { generateKeyPairSync } from 'node:crypto';
import { judgePemKey } from '../keys/judge-key.ts';
import { readPemBlock } from '../keys/pem-block.ts';
import type { AnchoredRule, Found, SecretRule, Site } from '../rule.ts';

const SPECIFICATION = 'https://www.rfc-editor.org/rfc/rfc7468';

/** Room for an RSA key of 16,384 bits with escapes, or a PGP key with a few subkeys. */
const REACH = 32 * 1024;

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
  pemRule('private-key-pgp', 'OpenPGP private key', ['-----BEGIN PGP PRIVATE'], () => pgpKey()),
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
        sample().split('\n').slice(0, -2).join('\n'),
        sample().replace(/\n[^-\n][^\n]{20,255}(?=\n)/g, '\n…'),
      ],
    },
  };
}

function inspect(site: Site): Found | undefined {
  const block = readPemBlock(site.bytes, site.at, site.end);
  if (block === undefined || !/PRIVATE|SSH2 ENCRYPTED/.test(block.label)) return undefined;
  const judgement = judgePemKey(block);
  if (judgement === undefined) return undefined;
  return { ...judgement, start: site.at, end: block.end, identity: block.body };
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
  return armored('---- ', 'SSH2 ENCRYPTED PRIVATE KEY', Buffer.alloc(120, 0x3b));
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
