import type { Judgement, SecretRule } from '../rule.ts';
import { BASE32 } from '../shapes/char-set.ts';
import { run } from '../shapes/parts.ts';
import { sampleOf } from '../shapes/sample.ts';
import { tokenRule } from '../shapes/token.ts';

const SPECIFICATION = 'https://docs.nats.io/running-a-nats-service/configuration/securing_nats/auth_intro/nkey_auth';

function checksummed(token: string): Judgement | undefined {
  const bytes = decode(token);
  return crc16(bytes.subarray(0, 34)) === bytes.readUInt16LE(34) ? { verdict: 'proven', proof: 'crc16' } : undefined;
}

function decode(text: string): Buffer {
  const bytes: number[] = [];
  let bits = 0;
  let count = 0;
  for (const letter of text) {
    bits = ((bits << 5) | BASE32.letters.indexOf(letter)) & 0xfff;
    count += 5;
    if (count < 8) continue;
    count -= 8;
    bytes.push((bits >> count) & 0xff);
  }
  return Buffer.from(bytes);
}

/** CRC-16/XMODEM. */
function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  }
  return crc;
}

function seed(): string {
  const head = decode(`SUA${sampleOf([run(BASE32, 55)], 'nats')}`).subarray(0, 34);
  const check = Buffer.alloc(2);
  check.writeUInt16LE(crc16(head));
  return encode(Buffer.concat([head, check]));
}

function encode(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let count = 0;
  for (const byte of bytes) {
    bits = (bits << 8) | byte;
    count += 8;
    for (; count >= 5; count -= 5) text += BASE32.letters[(bits >> (count - 5)) & 31] ?? '';
    bits &= (1 << count) - 1;
  }
  return count > 0 ? text + (BASE32.letters[(bits << (5 - count)) & 31] ?? '') : text;
}

/** Seeds: `S`, the kind (operator, account, user, server, cluster), base32 with a CRC-16 at the end. */
export const rules: readonly SecretRule[] = [
  tokenRule({
    id: 'nats-nkey-seed',
    title: 'NATS nkey seed',
    specification: SPECIFICATION,
    severity: 'critical',
    prefixes: ['SUA', 'SAA', 'SOA'],
    parts: [run(BASE32, 55)],
    check: checksummed,
    samples: { hits: () => [seed()], misses: () => [seed().slice(0, -1), `${seed()}A`] },
  }),
];
