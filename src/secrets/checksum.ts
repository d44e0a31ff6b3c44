import { crc32 } from 'node:zlib';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** CRC-32 (IEEE) of the text in base 62 with digits 0-9A-Za-z, left-padded with 0: the tail of GitHub and npm tokens. */
export function crc32Base62(text: string, length: number): string {
  return inBase(crc32(text), 62, length);
}

/** CRC-32 of the text in base 36 with lower-case digits: the tail of GitLab's routable tokens. */
export function crc32Base36(text: string, length: number): string {
  return crc32(text).toString(36).padStart(length, '0');
}

/** CRC-32 of the text as hex digits. */
export function crc32Hex(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}

/** CRC-32 of the text as hex, lowest byte first: the tail of Grafana service account tokens. */
export function crc32HexReversed(text: string): string {
  return Buffer.from(crc32Hex(text), 'hex').reverse().toString('hex');
}

function inBase(value: number, base: number, length: number): string {
  let text = '';
  for (let rest = value; rest > 0; rest = Math.floor(rest / base)) text = (DIGITS[rest % base] ?? '') + text;
  return text.padStart(length, '0');
}
