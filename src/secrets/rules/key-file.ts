import { generateKeyPairSync } from 'node:crypto';
import { judgeDerFile } from '../keys/judge-key.ts';
import { judgePgpKey } from '../keys/pgp-key.ts';
import type { SecretRule } from '../rule.ts';

/** Keys in files of their own that are no text. */
export const rules: readonly SecretRule[] = [
  {
    id: 'private-key-der',
    title: 'Private key (DER)',
    severity: 'critical',
    specification: 'https://www.rfc-editor.org/rfc/rfc5958',
    select: [{ magic: [0x30, 0x82] }, { suffix: '.der' }, { suffix: '.pk8' }],
    *inspectFile({ bytes }) {
      const judgement = judgeDerFile(bytes);
      if (judgement !== undefined) yield { ...judgement, start: 0, end: bytes.length };
    },
    samples: {
      hits: () => [
        { path: '/etc/tls/server', content: rsaKey() },
        { path: '/etc/tls/server.pk8', content: encryptedKey() },
      ],
      misses: () => [
        { path: '/etc/tls/server', content: rsaKey().subarray(0, 200) },
        { path: '/etc/tls/public.der', content: publicKey() },
      ],
    },
  },
  {
    id: 'private-key-pgp-binary',
    title: 'OpenPGP private key (binary)',
    severity: 'critical',
    specification: 'https://www.rfc-editor.org/rfc/rfc9580#section-5.5.3',
    select: [{ suffix: '.gpg' }, { basename: 'secring.pgp' }],
    *inspectFile({ bytes }) {
      const judgement = judgePgpKey(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
      if (judgement.verdict === 'structured') yield { ...judgement, start: 0, end: bytes.length };
    },
    samples: {
      hits: () => [{ path: '/root/.gnupg/secring.gpg', content: pgpPacket(SECRET_KEY) }],
      misses: () => [
        { path: '/usr/share/keyrings/archive.gpg', content: pgpPacket(PUBLIC_KEY) },
        { path: '/root/backup.tar.gpg', content: Buffer.alloc(64, 0xd2) },
      ],
    },
  },
];

function rsaKey(): Buffer {
  return generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ type: 'pkcs8', format: 'der' });
}

function encryptedKey(): Buffer {
  return generateKeyPairSync('ed25519').privateKey.export({
    type: 'pkcs8',
    format: 'der',
    cipher: 'aes-256-cbc',
    passphrase: 'not a common one',
  });
}

function publicKey(): Buffer {
  return generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ type: 'spki', format: 'der' });
}

const SECRET_KEY = 0x95;
const PUBLIC_KEY = 0x99;

/** A version 4 RSA key packet without encryption, numbers all ones. */
function pgpPacket(tag: number): Buffer {
  const number = Buffer.concat([Buffer.from([4, 0]), Buffer.alloc(128, 0x5a)]);
  const packet = Buffer.concat([Buffer.from([4, 0, 0, 0, 1, 1]), number, number, Buffer.from([0]), number]);
  return Buffer.concat([Buffer.from([tag, packet.length >> 8, packet.length & 0xff]), packet]);
}
