import type { Judgement } from '../rule.ts';

const SECRET_KEY_TAG = 5;
const SECRET_SUBKEY_TAG = 7;

/** Judges the first packet of an OpenPGP private key block (RFC 9580 section 5.5.3). */
export function judgePgpKey(bytes: Buffer): Judgement {
  const header = packetHeader(bytes);
  if (header === undefined || (header.tag !== SECRET_KEY_TAG && header.tag !== SECRET_SUBKEY_TAG)) {
    return { verdict: 'contextual', proof: 'complete block that does not parse' };
  }
  const version = bytes[header.start] ?? 0;
  if (version < 3 || version > 6) return { verdict: 'contextual', proof: 'complete block that does not parse' };
  const usage = s2kUsage(bytes, header.start);
  if (usage === 0)
    return { verdict: 'structured', severity: 'critical', proof: 'openpgp secret key packet, not encrypted' };
  return { verdict: 'structured', severity: 'medium', proof: 'openpgp secret key packet, encrypted' };
}

function packetHeader(bytes: Buffer): { tag: number; start: number } | undefined {
  const first = bytes[0] ?? 0;
  if ((first & 0x80) === 0) return undefined;
  if ((first & 0x40) === 0) return { tag: (first >> 2) & 0x0f, start: 1 + ([1, 2, 4, 0][first & 3] ?? 0) };
  const length = bytes[1] ?? 0;
  return { tag: first & 0x3f, start: length < 192 ? 2 : length < 224 ? 3 : 6 };
}

/** The string-to-key usage octet, which follows the public numbers; undefined for algorithms not walked here. */
function s2kUsage(bytes: Buffer, start: number): number | undefined {
  const numbers: Readonly<Record<number, number>> = { 1: 2, 2: 2, 3: 2, 16: 3, 17: 4 };
  const count = numbers[bytes[start + 5] ?? 0];
  if (count === undefined || bytes[start] !== 4) return undefined;
  let at = start + 6;
  for (let index = 0; index < count; index++) {
    if (at + 2 > bytes.length) return undefined;
    at += 2 + Math.ceil(bytes.readUInt16BE(at) / 8);
  }
  return bytes[at];
}
