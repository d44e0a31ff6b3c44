import type { Judgement, SecretRule } from '../rule.ts';
import { charSet } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { sampleOf } from '../shapes/sample.ts';
import { tokenRule } from '../shapes/token.ts';

/** Letters of bech32 (BIP 173), in order of their value. */
const ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const UPPER = charSet('bech32', ALPHABET.toUpperCase());

function checksummed(token: string): Judgement {
  const at = token.lastIndexOf('1');
  const values = [...token.slice(at + 1).toLowerCase()].map((letter) => ALPHABET.indexOf(letter));
  const holds = !values.includes(-1) && polymod([...expanded(token.slice(0, at)), ...values]) === 1;
  return holds
    ? { verdict: 'proven', proof: 'bech32 checksum' }
    : { verdict: 'contextual', proof: 'shape holds, checksum does not' };
}

function withChecksum(prefix: string, body: string): string {
  const values = [...body.toLowerCase()].map((letter) => ALPHABET.indexOf(letter));
  const check = polymod([...expanded(prefix), ...values, 0, 0, 0, 0, 0, 0]) ^ 1;
  const tail = [25, 20, 15, 10, 5, 0].map((shift) => ALPHABET[(check >> shift) & 31] ?? '').join('');
  return `${prefix}1${body}${tail.toUpperCase()}`;
}

function expanded(prefix: string): number[] {
  const codes = [...prefix.toLowerCase()].map((letter) => letter.charCodeAt(0));
  return [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)];
}

const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

function polymod(values: readonly number[]): number {
  let check = 1;
  for (const value of values) {
    const top = check >>> 25;
    check = ((check & 0x1ffffff) << 5) ^ value;
    GENERATOR.forEach((term, bit) => {
      if ((top >> bit) & 1) check ^= term;
    });
  }
  return check;
}

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'age-secret-key',
    title: 'age secret key',
    specification: 'https://github.com/C2SP/C2SP/blob/main/age.md',
    severity: 'critical',
    prefixes: ['AGE-SECRET-KEY-1'],
    parts: [run(UPPER, 58)],
    check: checksummed,
    samples: {
      hits: () => [withChecksum('AGE-SECRET-KEY-', sampleOf([run(UPPER, 52)], 'age'))],
      misses: () => ['AGE-SECRET-KEY-1QQ', `age1${sampleOf([run(UPPER, 58)], 'age').toLowerCase()}`],
    },
  }),
  tokenRule({
    id: 'age-plugin-identity',
    title: 'age plugin identity',
    prefixes: ['AGE-PLUGIN-'],
    parts: [run(charSet('name', 'A-Z0-9'), 2, 30), '-1', run(UPPER, 20, 300)],
    check: checksummed,
    samples: {
      hits: () => [withChecksum('AGE-PLUGIN-YUBIKEY-', sampleOf([run(UPPER, 30)], 'plugin'))],
      misses: () => ['AGE-PLUGIN-YUBIKEY-1', 'AGE-PLUGIN-X'],
    },
  }),
];
