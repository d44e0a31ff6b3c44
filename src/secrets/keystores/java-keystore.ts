import { createHash } from 'node:crypto';
import { COMMON_PASSWORDS } from '../keys/common-passwords.ts';
import type { Judgement } from '../rule.ts';

const PRIVATE_KEY = 1;
const CERTIFICATE = 2;
const SECRET_KEY = 3;
const DIGEST_BYTES = 20;
const MAX_ENTRIES = 10_000;

/** Judges a JKS or JCEKS file; undefined where it holds certificates only or cannot be walked. */
export function readJavaKeystore(bytes: Uint8Array): Judgement | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (buffer.length < 12 + DIGEST_BYTES || !hasKey(buffer)) return undefined;
  const opens = COMMON_PASSWORDS.some((password) => integrity(buffer, password).equals(buffer.subarray(-DIGEST_BYTES)));
  if (opens)
    return { verdict: 'proven', severity: 'critical', proof: 'private key entry; opens with a common password' };
  return { verdict: 'structured', proof: 'private key entry, encrypted' };
}

/** Walks the entries up to the first key: tag, alias, date, and for a certificate its type and content. */
function hasKey(buffer: Buffer): boolean {
  const count = Math.min(buffer.readUInt32BE(8), MAX_ENTRIES);
  let at = 12;
  for (let entry = 0; entry < count && at + 6 <= buffer.length; entry++) {
    const tag = buffer.readUInt32BE(at);
    if (tag === PRIVATE_KEY || tag === SECRET_KEY) return true;
    if (tag !== CERTIFICATE) return false;
    at += 4;
    at += 2 + buffer.readUInt16BE(at) + 8;
    if (at + 2 > buffer.length) return false;
    at += 2 + buffer.readUInt16BE(at);
    if (at + 4 > buffer.length) return false;
    at += 4 + buffer.readUInt32BE(at);
  }
  return false;
}

/** SHA-1 over password (UTF-16), a fixed phrase and all but the last 20 bytes. */
function integrity(buffer: Buffer, password: string): Buffer {
  const wide = Buffer.from(password, 'utf16le').swap16();
  return createHash('sha1').update(wide).update('Mighty Aphrodite').update(buffer.subarray(0, -DIGEST_BYTES)).digest();
}

/** A keystore with one entry of the given tag, without the entry's content: for samples of rules. */
export function sampleJavaKeystore(magic: readonly number[], tag: number): Uint8Array {
  const content = Buffer.concat([
    Buffer.from(magic),
    Buffer.from([0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, tag, 0, 1, 0x61]),
    Buffer.alloc(8),
    Buffer.from([0, 5]),
    Buffer.from('X.509'),
    Buffer.from([0, 0, 0, 4, 1, 2, 3, 4]),
  ]);
  return Buffer.concat([content, integrity(Buffer.concat([content, Buffer.alloc(DIGEST_BYTES)]), 'not a common one')]);
}
