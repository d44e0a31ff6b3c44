import { hash } from 'node:crypto';
import type { Judgement, SecretRule } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE58, HEX_ANY } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { tokenRule } from '../shapes/token.ts';

const ALPHABET = BASE58.letters;

/** The last four bytes are the begin of the double SHA-256 of those before. */
function base58Check(token: string): Judgement {
  let number = 0n;
  for (const letter of token) number = number * 58n + BigInt(ALPHABET.indexOf(letter));
  const hex = number.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  const holds = checksum(bytes.subarray(0, -4)).equals(bytes.subarray(-4));
  return holds
    ? { verdict: 'proven', proof: 'base58check' }
    : { verdict: 'generic', proof: 'shape holds, checksum does not' };
}

function checksum(bytes: Uint8Array): Buffer {
  const once = hash('sha256', bytes, 'buffer');
  return hash('sha256', once, 'buffer').subarray(0, 4);
}

function encode(bytes: Buffer): string {
  let number = BigInt(`0x${Buffer.concat([bytes, checksum(bytes)]).toString('hex')}`);
  let text = '';
  for (; number > 0n; number /= 58n) text = (ALPHABET[Number(number % 58n)] ?? '') + text;
  return text;
}

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'bip32-private-key',
    title: 'Extended private key (BIP 32)',
    specification: 'https://github.com/bitcoin/bips/blob/master/bip-0032.mediawiki',
    severity: 'critical',
    prefixes: ['xprv', 'yprv', 'zprv', 'tprv'],
    parts: [run(BASE58, 107)],
    check: base58Check,
    samples: {
      hits: () => [
        encode(
          Buffer.concat([
            Buffer.from('0488ade4', 'hex'),
            Buffer.alloc(41, 7),
            Buffer.from([0]),
            Buffer.alloc(32, 0x3c),
          ]),
        ),
      ],
      misses: () => ['xprv', `xprv${'9'.repeat(107)}`],
    },
  }),
  assignedRule({
    id: 'bitcoin-wif-key',
    title: 'Bitcoin private key (WIF)',
    specification: 'https://en.bitcoin.it/wiki/Wallet_import_format',
    severity: 'critical',
    words: ['wif', 'privkey', 'private_key', 'privatekey', 'bitcoin'],
    names: [],
    value: [run(BASE58, 51, 52)],
    check: (value) => (base58Check(value).verdict === 'proven' ? base58Check(value) : undefined),
    samples: {
      hits: () => [`wif: ${encode(Buffer.concat([Buffer.from([0x80]), Buffer.alloc(32, 0x5b), Buffer.from([1])]))}\n`],
      misses: () => [`wif: ${'5'.repeat(51)}\n`, 'wif: \n'],
    },
  }),
  assignedRule({
    id: 'ethereum-private-key',
    title: 'Ethereum private key',
    severity: 'critical',
    words: ['private_key', 'privatekey', 'deployer', 'mnemonic_key', 'eth_key'],
    names: [],
    value: ['0x', run(HEX_ANY, 64)],
  }),
];
