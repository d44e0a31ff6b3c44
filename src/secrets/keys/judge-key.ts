import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { entropy } from '../plausible.ts';
import type { Judgement } from '../rule.ts';
import { commonShare } from '../words.ts';
import { COMMON_PASSWORDS } from './common-passwords.ts';
import { DER_SEQUENCE, derChildren, derInteger, derOid, derSequence, readDer } from './der.ts';
import { judgeOpenSshKey } from './openssh-key.ts';
import type { PemBlock } from './pem-block.ts';
import { judgePgpKey } from './pgp-key.ts';
import { provenKey } from './proven-key.ts';
import { publicKeyJoins } from './public-digest.ts';

/** Base64 letters below which a body holds no key: an Ed25519 key has 64. */
const SHORTEST_BODY = 60;

/** Letters below which the begin of a key is what documentation shows of one. */
const SHORTEST_CUT_BODY = 160;

/**
 * Judges a PEM block that says it is a private key; undefined where the body is too short for one. A body that does not
 * parse is contextual where its letters look drawn at random, a placeholder where they do not.
 */
export function judgePemKey(block: PemBlock): Judgement | undefined {
  if (block.body.length < SHORTEST_BODY) return undefined;
  if (block.cut !== undefined)
    return isKeyMaterial(block) && isDrawnBegin(block.body)
      ? { verdict: 'contextual', proof: 'begin of a key that is cut off' }
      : undefined;
  const judgement = judgeBody(block);
  if (judgement.verdict !== 'contextual' || isKeyMaterial(block)) return judgement;
  return { ...judgement, suppressed: 'placeholder' };
}

function judgeBody(block: PemBlock): Judgement {
  const der = Buffer.from(block.body, 'base64');
  if (block.label.includes('PGP')) return judgePgpKey(der);
  if (block.label.startsWith('OPENSSH') || der.subarray(0, 14).equals(OPENSSH_MAGIC)) return judgeOpenSshKey(der);
  if (block.dekInfo !== undefined) return judgeEncryptedPem(block);
  if (/COSIGN|SIGSTORE/.test(block.label) && der.includes('"kdf"')) return encrypted('encrypted key (Sigstore)');
  if (block.label.includes('ENCRYPTED')) return judgeEncryptedDer(der);
  return judgeDerKey(der) ?? { verdict: 'contextual', proof: 'complete block that does not parse' };
}

/** Letters of a line of key material; tools break lines at 64, 70 or 76, people also at 32. */
const SHORTEST_LINE = 24;
/** Bits per letter of a block with both ends: hex digits have more, what somebody typed has less. */
const LEAST_ENTROPY = 3.6;
/** Of one without its end: random base64 has more from 60 letters on, words and hex digits have less. */
const LEAST_CUT_ENTROPY = 4.5;
/** How much of a body stands twice only where somebody filled it. */
const FILLING = 24;

/** Whether the letters can be those of a key: long lines, no words, no pattern, no text in base64. */
function isKeyMaterial({ body, longestLine }: PemBlock): boolean {
  if (longestLine < SHORTEST_LINE || entropy(body) < LEAST_ENTROPY || !/[0-9]/.test(body)) return false;
  if (/abcdefgh|ABCDEFGH|01234567|EXAMPLE/.test(body.slice(0, LONGEST_ALPHABET))) return false;
  if (commonShare(body.toLowerCase()) >= WORDS_SHARE) return false;
  const middle = body.length >> 1;
  const sample = body.slice(middle - FILLING, middle);
  if (!/(.)\1{7}/.test(sample) && body.indexOf(sample) !== middle - FILLING) return false;
  return Buffer.from(body, 'base64').some((byte) => byte >= 0x7f || byte < 0x09);
}

const LONGEST_ALPHABET = 256;
/** Share of pairs of letters that words have: names in a program's text have more, drawn letters a third of it. */
const WORDS_SHARE = 0.45;

/** Whether the letters of a body without an end are even, digits among them; the words joined by capitals that programs hold have few. */
function isDrawnBegin(body: string): boolean {
  const digits = body.replace(/[^0-9]/g, '').length;
  return (
    body.length >= SHORTEST_CUT_BODY && digits * MOST_PER_DIGIT >= body.length && entropy(body) >= LEAST_CUT_ENTROPY
  );
}

/** Letters to a digit: six in random base64. */
const MOST_PER_DIGIT = 16;

/** Judges the DER of an unencrypted key (PKCS#1, PKCS#8, SEC 1, DSA); undefined where it is none. */
export function judgeDerKey(der: Uint8Array): Judgement | undefined {
  const key = parseKey(der);
  if (key === undefined) return undefined;
  const proof = consistency(key);
  if (proof === undefined) return { verdict: 'contextual', proof: 'key whose parts do not fit together' };
  return provenKey(publicKeyJoins(createPublicKey(key)), proof);
}

/** Judges a file that may hold a key in DER and nothing else, encrypted or not; undefined where it is none. */
export function judgeDerFile(der: Uint8Array): Judgement | undefined {
  const scheme = derOid(derChildren(derSequence(der)?.[0])?.[0]);
  if (scheme !== undefined) return ENCRYPTION.test(scheme) ? judgeEncryptedDer(Buffer.from(der)) : undefined;
  return judgeDerKey(der);
}

/** PKCS#5 and PKCS#12 password-based encryption. */
const ENCRYPTION = /^1\.2\.840\.113549\.1\.(?:5|12)\./;

const OPENSSH_MAGIC = Buffer.from('openssh-key-v1');

function parseKey(der: Uint8Array): KeyObject | undefined {
  const children = derSequence(der);
  if (children === undefined || children.length < 2) return undefined;
  if (children.length === DSA_NUMBERS) return parseDsaKey(der);
  for (const type of ['pkcs8', 'pkcs1', 'sec1'] as const) {
    if (!fits(type, children.length, children[1]?.tag ?? 0)) continue;
    const key = unlessRefused(() => createPrivateKey({ key: Buffer.from(der), format: 'der', type }));
    if (key !== undefined) return key;
  }
  return undefined;
}

/** What OpenSSL makes of bytes; undefined where it refuses them, which it says by throwing errors of many codes. */
function unlessRefused<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

const DSA_NUMBERS = 6;

/** OpenSSL's own DSA form has no name in Node's interface but its PEM label. */
function parseDsaKey(der: Uint8Array): KeyObject | undefined {
  const body = wrapped(Buffer.from(der).toString('base64'));
  return unlessRefused(() =>
    createPrivateKey(`-----BEGIN DSA PRIVATE KEY-----\n${body}\n-----END DSA PRIVATE KEY-----\n`),
  );
}

function fits(type: 'pkcs8' | 'pkcs1' | 'sec1', count: number, second: number): boolean {
  if (type === 'pkcs8') return second === DER_SEQUENCE;
  return type === 'pkcs1' ? count >= 9 : second === 0x04;
}

/** Why the numbers of a key belong together, or undefined where they do not. */
function consistency(key: KeyObject): string | undefined {
  if (key.asymmetricKeyType === 'rsa') return rsaHolds(key) ? 'rsa n=p*q' : undefined;
  if (key.asymmetricKeyType === 'ec') return ecHolds(key) ? 'ec point on curve' : undefined;
  return key.asymmetricKeyType;
}

function rsaHolds(key: KeyObject): boolean {
  const [, n, e, d, p, q] =
    derSequence(key.export({ type: 'pkcs1', format: 'der' }))?.map((part) => derInteger(part)) ?? [];
  if (n === undefined || e === undefined || d === undefined || p === undefined || q === undefined) return false;
  return p > 1n && q > 1n && n === p * q && (e * d) % (p - 1n) === 1n && (e * d) % (q - 1n) === 1n;
}

/** A signature by the private number must hold under the public point; works for every curve the runtime knows. */
function ecHolds(key: KeyObject): boolean {
  const probe = Buffer.from('plimsoll');
  return unlessRefused(() => verify('sha256', probe, createPublicKey(key), sign('sha256', probe, key))) === true;
}

function judgeEncryptedPem(block: PemBlock): Judgement {
  const [cipher = '', salt = ''] = (block.dekInfo ?? '').split(',');
  const text = `-----BEGIN ${block.label}-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: ${cipher},${salt.toUpperCase()}\n\n${wrapped(block.body)}\n-----END ${block.label}-----\n`;
  return opened((passphrase) => createPrivateKey({ key: text, passphrase })) ?? encrypted(`encrypted key (${cipher})`);
}

/** Rounds beyond which common passwords are not tried: they would cost more than the answer is worth. */
const MAX_ROUNDS = 20_000;

function judgeEncryptedDer(der: Buffer): Judgement {
  const algorithm = derChildren(derSequence(der)?.[0]);
  const scheme = derOid(algorithm?.[0]);
  if (scheme === undefined || !ENCRYPTION.test(scheme)) {
    return { verdict: 'contextual', proof: 'complete block that does not parse', severity: 'medium' };
  }
  const rounds = Math.max(0, ...integersWithin(algorithm?.[1]?.bytes.subarray(algorithm[1].from, algorithm[1].end)));
  const key =
    rounds > MAX_ROUNDS
      ? undefined
      : opened((passphrase) => createPrivateKey({ key: der, format: 'der', type: 'pkcs8', passphrase }));
  return key ?? encrypted('encrypted key (PKCS#8)');
}

function* integersWithin(bytes: Uint8Array | undefined, depth = 0): Generator<number> {
  const value = bytes === undefined ? undefined : readDer(bytes);
  if (value === undefined || depth > 4) return;
  for (const child of derChildren(value) ?? []) {
    if (child.tag === 0x02 && child.end - child.start <= 4) yield Number(derInteger(child) ?? 0n);
    else if (child.tag === DER_SEQUENCE) yield* integersWithin(child.bytes.subarray(child.from, child.end), depth + 1);
  }
}

function encrypted(proof: string): Judgement {
  return { verdict: 'structured', severity: 'medium', proof };
}

/** A key that one of the common passwords opens; the password itself is not told. */
function opened(open: (passphrase: string) => KeyObject): Judgement | undefined {
  for (const password of COMMON_PASSWORDS) {
    const joins = unlessRefused(() => publicKeyJoins(createPublicKey(open(password))));
    if (joins !== undefined) return provenKey(joins, 'opens with a common password');
  }
  return undefined;
}

function wrapped(body: string): string {
  const padded = body + '='.repeat((4 - (body.length % 4)) % 4);
  return padded.match(/.{1,64}/g)?.join('\n') ?? '';
}
