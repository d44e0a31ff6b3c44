import { hash, type KeyObject } from 'node:crypto';
import type { JoinKey } from '../rule.ts';

/** Join keys of a public key: SHA-256 of its SubjectPublicKeyInfo, and of its SSH form (RFC 4253) where it has one. */
export function publicKeyJoins(key: KeyObject): JoinKey[] {
  const joins: JoinKey[] = [{ kind: 'public-key', digest: sha256(key.export({ type: 'spki', format: 'der' })) }];
  const blob = sshBlob(key);
  if (blob !== undefined) joins.push({ kind: 'public-key', digest: sha256(blob) });
  return joins;
}

export function sha256(bytes: Uint8Array): string {
  return hash('sha256', bytes);
}

/** Curves that SSH knows; OpenSSL gives no JWK of others. */
const OPENSSL_CURVES = new Set(['prime256v1', 'secp384r1', 'secp521r1']);
const SSH_CURVES: Readonly<Record<string, string>> = { 'P-256': 'nistp256', 'P-384': 'nistp384', 'P-521': 'nistp521' };

function sshBlob(key: KeyObject): Buffer | undefined {
  if (!['rsa', 'ec', 'ed25519'].includes(key.asymmetricKeyType ?? '')) return undefined;
  if (key.asymmetricKeyType === 'ec' && !OPENSSL_CURVES.has(key.asymmetricKeyDetails?.namedCurve ?? ''))
    return undefined;
  const { kty, n, e, crv, x, y } = key.export({ format: 'jwk' });
  if (kty === 'RSA' && n !== undefined && e !== undefined) {
    return Buffer.concat([sshString('ssh-rsa'), sshInteger(decode(e)), sshInteger(decode(n))]);
  }
  if (crv === 'Ed25519' && x !== undefined) return Buffer.concat([sshString('ssh-ed25519'), sshString(decode(x))]);
  const curve = SSH_CURVES[crv ?? ''];
  if (curve === undefined || x === undefined || y === undefined) return undefined;
  const point = Buffer.concat([Buffer.from([4]), decode(x), decode(y)]);
  return Buffer.concat([sshString(`ecdsa-sha2-${curve}`), sshString(curve), sshString(point)]);
}

function decode(text: string): Buffer {
  return Buffer.from(text, 'base64url');
}

function sshString(content: string | Uint8Array): Buffer {
  const bytes = Buffer.from(content);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function sshInteger(bytes: Buffer): Buffer {
  return sshString((bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
}
