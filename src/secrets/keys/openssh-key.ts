import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { Judgement } from '../rule.ts';
import { provenKey } from './proven-key.ts';
import { publicKeyJoins, sha256 } from './public-digest.ts';

const MAGIC = Buffer.from('openssh-key-v1\0');

/** Judges the binary of an OpenSSH private key (PROTOCOL.key of OpenSSH). */
export function judgeOpenSshKey(bytes: Buffer): Judgement {
  const broken: Judgement = { verdict: 'contextual', proof: 'complete block that does not parse' };
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) return broken;
  const reader = new SshReader(bytes, MAGIC.length);
  const cipher = reader.text();
  reader.text();
  reader.string();
  const count = reader.uint32();
  const publicBlob = reader.string();
  const secret = reader.string();
  if (reader.failed || count !== 1) return broken;
  const join = [{ kind: 'public-key' as const, digest: sha256(publicBlob) }];
  if (cipher !== 'none') return { verdict: 'structured', severity: 'medium', proof: `encrypted key (${cipher})`, join };
  const inner = new SshReader(secret, 0);
  const checks = [inner.uint32(), inner.uint32()];
  if (checks[0] !== checks[1] || inner.failed) return broken;
  const type = inner.text();
  if (inner.failed || new SshReader(publicBlob, 0).text() !== type) return broken;
  return provenKey([...join, ...spkiJoin(type, inner)], 'openssh checkints');
}

/** The SubjectPublicKeyInfo digest of an Ed25519 or RSA key, so that certificates can be matched as well. */
function spkiJoin(type: string, inner: SshReader): ReturnType<typeof publicKeyJoins> {
  try {
    if (type === 'ssh-ed25519') {
      inner.string();
      const seed = inner.string().subarray(0, 32);
      return publicKeyJoins(
        createPublicKey(createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: 'der', type: 'pkcs8' })),
      );
    }
    if (type === 'ssh-rsa') {
      const [n, e] = [inner.string(), inner.string()];
      const key = createPublicKey({ key: { kty: 'RSA', n: base64url(n), e: base64url(e) }, format: 'jwk' });
      return publicKeyJoins(key);
    }
  } catch {
    return []; // a key OpenSSL refuses still has its SSH digest
  }
  return [];
}

const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

function base64url(integer: Buffer): string {
  return integer.subarray(integer[0] === 0 ? 1 : 0).toString('base64url');
}

/** Reads the length-prefixed fields of SSH (RFC 4251 section 5); `failed` once a field ran over the end. */
export class SshReader {
  failed = false;
  private at: number;
  private readonly bytes: Buffer;

  constructor(bytes: Buffer, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  uint32(): number {
    if (this.at + 4 > this.bytes.length) {
      this.failed = true;
      return 0;
    }
    const value = this.bytes.readUInt32BE(this.at);
    this.at += 4;
    return value;
  }

  string(): Buffer {
    const length = this.uint32();
    if (this.failed || this.at + length > this.bytes.length) {
      this.failed = true;
      return Buffer.alloc(0);
    }
    const content = this.bytes.subarray(this.at, this.at + length);
    this.at += length;
    return content;
  }

  text(): string {
    return this.string().toString('latin1');
  }
}
