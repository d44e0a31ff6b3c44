import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import {
  bits,
  boolean,
  field,
  identifier,
  integer,
  octets,
  sequence,
  set,
  shortTime,
  text,
  value,
} from './der-builder.ts';

export const SHA256 = sequence(identifier('2.16.840.1.101.3.4.2.1'));
export const ECDSA_SHA256 = sequence(identifier('1.2.840.10045.4.3.2'));

export const digestOf = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
export const spkiOf = (key: KeyObject): Buffer =>
  (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'der', type: 'spki' });
export const newKey = (): KeyObject => generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
export const signWith = (key: KeyObject, message: Uint8Array): Buffer => sign('sha256', message, key);

/** A certificate with the key it is for, where that is ours. */
export interface Certified {
  readonly der: Buffer;
  readonly key: KeyObject;
  readonly name: Buffer;
}

export interface CertificateLiteral {
  readonly key: KeyObject;
  /** Common name; none for leaves of Fulcio. */
  readonly name?: string;
  /** Who signs it; itself without one. */
  readonly issuer?: Certified;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly extensions: readonly Buffer[];
}

/** An X.509 certificate (RFC 5280) with a P-256 key. `log` puts its promise to list the certificate into it (RFC 6962). */
export function certificate(
  literal: CertificateLiteral,
  log?: { readonly key: KeyObject; readonly at: Date },
): Certified {
  const { key, issuer } = literal;
  const name = literal.name === undefined ? sequence() : nameOf(literal.name);
  const signer = issuer ?? { key, name };
  const listed = (extensions: readonly Buffer[]): Buffer =>
    sequence(
      field(0, integer(2)),
      integer(SERIAL),
      ECDSA_SHA256,
      signer.name,
      sequence(shortTime(literal.notBefore), shortTime(literal.notAfter)),
      name,
      spkiOf(key),
      field(3, sequence(...extensions)),
    );
  const extensions = [
    ...literal.extensions,
    extension('2.5.29.14', octets(keyId(key))),
    extension('2.5.29.35', sequence(field(0, keyId(signer.key), true))),
  ];
  const promise = log === undefined ? [] : [promiseOf(listed(extensions), spkiOf(signer.key), log)];
  const body = listed([...extensions, ...promise]);
  return { der: sequence(body, ECDSA_SHA256, bits(signWith(signer.key, body))), key, name };
}

export const SERIAL = 4711;
const keyId = (key: KeyObject): Buffer => createHash('sha1').update(spkiOf(key)).digest();
const nameOf = (name: string): Buffer => sequence(set(sequence(identifier('2.5.4.3'), text(name))));

export function extension(id: string, content: Uint8Array, isCritical = false): Buffer {
  return sequence(identifier(id), ...(isCritical ? [boolean()] : []), octets(content));
}

export const AUTHORITY: readonly Buffer[] = [
  extension('2.5.29.19', sequence(boolean()), true),
  extension('2.5.29.15', bits(Buffer.from([0x06]), 1), true),
];

/** What a key may be used for beside its extended usage. */
export const usage = (extended: string): readonly Buffer[] => [
  extension('2.5.29.15', bits(Buffer.from([0x80]), 7), true),
  extension('2.5.29.37', sequence(identifier(extended)), true),
];

export function subjectName(identity: string): Buffer {
  const tag = identity.includes('://') ? 6 : 1;
  return extension('2.5.29.17', sequence(field(tag, Buffer.from(identity, 'latin1'), true)), true);
}

/** Signed certificate timestamp: RFC 6962, 3.2 and 3.3. */
function promiseOf(body: Buffer, issuer: Buffer, log: { readonly key: KeyObject; readonly at: Date }): Buffer {
  const at = Buffer.alloc(8);
  at.writeBigUInt64BE(BigInt(log.at.getTime()));
  const size = Buffer.from([body.length >> 16, (body.length >> 8) & 0xff, body.length & 0xff]);
  const message = Buffer.concat([
    Buffer.from([0, 0]),
    at,
    Buffer.from([0, 1]),
    digestOf(issuer),
    size,
    body,
    Buffer.alloc(2),
  ]);
  const signature = signWith(log.key, message);
  const promise = Buffer.concat([
    Buffer.from([0]),
    digestOf(spkiOf(log.key)),
    at,
    Buffer.from([0, 0, 4, 3, 0, signature.length]),
    signature,
  ]);
  const list = Buffer.concat([Buffer.from([0, promise.length + 2, 0, promise.length]), promise]);
  return extension('1.3.6.1.4.1.11129.2.4.2', value(0x04, list));
}
