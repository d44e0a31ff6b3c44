import { createHash, createHmac } from 'node:crypto';
import { sha256 } from '../keys/public-digest.ts';
import type { Found, Judgement, SecretRule, Site } from '../rule.ts';
import { latin1 } from '../shapes/latin1.ts';

const REACH = 12 * 1024;

/** PuTTY's own key file, versions 2 and 3 (https://tartarus.org/~simon/putty-snapshots/htmldoc/AppendixC.html). */
export const rules: readonly SecretRule[] = [
  {
    id: 'private-key-putty',
    title: 'PuTTY private key',
    severity: 'critical',
    specification: 'https://tartarus.org/~simon/putty-snapshots/htmldoc/AppendixC.html',
    anchors: ['PuTTY-User-Key-File-'],
    reach: { before: 0, after: REACH },
    inspect,
    samples: { hits: () => [sample()], misses: () => ['PuTTY-User-Key-File-2: ssh-rsa\n', sample().slice(0, 150)] },
  },
];

function inspect(site: Site): Found | undefined {
  const text = latin1(site.bytes, site.at, site.end).replaceAll('\r\n', '\n');
  const file =
    /^PuTTY-User-Key-File-([23]): (\S{3,40})\nEncryption: (\S{3,20})\nComment: ([^\n]{0,200})\nPublic-Lines: \d{1,3}\n([A-Za-z0-9+/=\n]+?)\n(?:Key-Derivation[^\n]*\n(?:Argon2[^\n]*\n){4})?Private-Lines: \d{1,3}\n([A-Za-z0-9+/=\n]+?)\nPrivate-MAC: ([0-9a-f]{40,64})/.exec(
      text,
    );
  if (file === null) return undefined;
  const [whole, version, algorithm = '', encryption = '', comment = '', open = '', secret = '', mac = ''] = file;
  const key = {
    algorithm,
    encryption,
    comment,
    open: Buffer.from(open, 'base64'),
    secret: Buffer.from(secret, 'base64'),
  };
  return {
    ...judge(key, version ?? '', mac),
    start: site.at,
    end: Math.min(site.end, site.at + whole.length),
    identity: secret,
  };
}

interface PuttyKey {
  readonly algorithm: string;
  readonly encryption: string;
  readonly comment: string;
  readonly open: Buffer;
  readonly secret: Buffer;
}

function judge(key: PuttyKey, version: string, mac: string): Judgement {
  const join = [{ kind: 'public-key' as const, digest: sha256(key.open) }];
  if (key.encryption !== 'none')
    return { verdict: 'structured', severity: 'medium', proof: `encrypted key (${key.encryption})`, join };
  if (macOf(key, version) === mac) return { verdict: 'proven', proof: 'Private-MAC', join };
  return { verdict: 'structured', proof: 'not encrypted', join };
}

function macOf(key: PuttyKey, version: string): string {
  const data = Buffer.concat([key.algorithm, key.encryption, key.comment, key.open, key.secret].map(prefixed));
  if (version === '3') return createHmac('sha256', '').update(data).digest('hex');
  return createHmac('sha1', createHash('sha1').update('putty-private-key-file-mac-key').digest())
    .update(data)
    .digest('hex');
}

function prefixed(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function sample(): string {
  const key: PuttyKey = {
    algorithm: 'ssh-ed25519',
    encryption: 'none',
    comment: 'deploy',
    open: Buffer.alloc(51, 1),
    secret: Buffer.alloc(36, 2),
  };
  return `PuTTY-User-Key-File-2: ssh-ed25519\nEncryption: none\nComment: deploy\nPublic-Lines: 2\n${key.open.toString('base64')}\nPrivate-Lines: 1\n${key.secret.toString('base64')}\nPrivate-MAC: ${macOf(key, '2')}\n`;
}
