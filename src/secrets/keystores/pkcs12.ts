import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { COMMON_PASSWORDS } from '../keys/common-passwords.ts';
import { type DerValue, derChildren, derContent, derInteger, derOid, derSequence } from '../keys/der.ts';
import type { Judgement } from '../rule.ts';

/** Object identifiers of key bags (RFC 7292 section 4.2), in DER. */
const KEY_BAG = Buffer.from('060b2a864886f70d010c0a0101', 'hex');
const SHROUDED_KEY_BAG = Buffer.from('060b2a864886f70d010c0a0102', 'hex');
const HASHES: Readonly<Record<string, { readonly name: string; readonly block: number }>> = {
  '1.3.14.3.2.26': { name: 'sha1', block: 64 },
  '2.16.840.1.101.3.4.2.1': { name: 'sha256', block: 64 },
  '2.16.840.1.101.3.4.2.2': { name: 'sha384', block: 128 },
  '2.16.840.1.101.3.4.2.3': { name: 'sha512', block: 128 },
};
/** Rounds beyond which common passwords are not tried. */
const MAX_ROUNDS = 20_000;

/** Judges a PFX (RFC 7292); undefined where it is none or shows no key. */
export function readPkcs12(bytes: Uint8Array): Judgement | undefined {
  const parts = derSequence(bytes);
  if (parts === undefined || derInteger(parts[0]) !== 3n || parts[1] === undefined) return undefined;
  const safe = authenticatedSafe(parts[1]);
  if (safe === undefined) return undefined;
  const buffer = Buffer.from(safe);
  const plain = buffer.includes(KEY_BAG);
  if (!plain && !buffer.includes(SHROUDED_KEY_BAG)) return undefined;
  if (plain) return { verdict: 'proven', severity: 'critical', proof: 'private key without encryption' };
  if (parts[2] !== undefined && opensWithCommonPassword(safe, parts[2]))
    return { verdict: 'proven', severity: 'critical', proof: 'private key; opens with a common password' };
  return { verdict: 'structured', proof: 'private key, encrypted' };
}

/** The content of `authSafe` when it is of type data. */
function authenticatedSafe(info: DerValue): Uint8Array | undefined {
  const children = derChildren(info);
  if (derOid(children?.[0]) !== '1.2.840.113549.1.7.1') return undefined;
  const octets = derChildren(children?.[1])?.[0];
  return octets?.tag === 0x04 ? derContent(octets) : undefined;
}

/** Checks the MAC (RFC 7292 appendix B) with each of the common passwords. */
function opensWithCommonPassword(safe: Uint8Array, macData: DerValue): boolean {
  const [digestInfo, salt, iterations] = derChildren(macData) ?? [];
  const [algorithm, expected] = derChildren(digestInfo) ?? [];
  const hash = HASHES[derOid(derChildren(algorithm)?.[0]) ?? ''];
  const rounds = iterations === undefined ? 1 : Number(derInteger(iterations) ?? 0n);
  if (hash === undefined || salt === undefined || expected === undefined || rounds < 1 || rounds > MAX_ROUNDS)
    return false;
  const wanted = derContent(expected);
  return COMMON_PASSWORDS.some((password) => {
    const key = macKey(hash, { password, salt: derContent(salt), rounds });
    const mac = createHmac(hash.name, key).update(safe).digest();
    return mac.length === wanted.length && timingSafeEqual(mac, wanted);
  });
}

/** The key derivation of RFC 7292 appendix B.2 with ID 3, for a key no longer than one hash. */
function macKey(
  hash: { name: string; block: number },
  input: { password: string; salt: Uint8Array; rounds: number },
): Buffer {
  const wide = Buffer.from(`${input.password}\0`, 'utf16le').swap16();
  const blocks = Buffer.concat([Buffer.alloc(hash.block, 3), filled(input.salt, hash.block), filled(wide, hash.block)]);
  let key = createHash(hash.name).update(blocks).digest();
  for (let round = 1; round < input.rounds; round++) key = createHash(hash.name).update(key).digest();
  return key;
}

/** The bytes repeated to a whole number of blocks. */
function filled(bytes: Uint8Array, block: number): Buffer {
  const length = block * Math.ceil(bytes.length / block);
  return Buffer.alloc(length, bytes.length === 0 ? 0 : bytes);
}

/** A PFX whose safe holds an encrypted key, or certificates only: for samples of rules. */
export function samplePkcs12(withKey: boolean): Uint8Array {
  const bag = withKey ? SHROUDED_KEY_BAG : Buffer.from('060b2a864886f70d010c0a0103', 'hex');
  const safe = der(0x30, der(0x30, bag, der(0xa0, der(0x04, Buffer.alloc(300, 0x77)))));
  const info = der(0x30, Buffer.from('06092a864886f70d010701', 'hex'), der(0xa0, der(0x04, safe)));
  return der(0x30, Buffer.from([2, 1, 3]), info);
}

function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const length = content.length < 128 ? [content.length] : [0x82, content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}
