/**
 * Extended header records of the pax format: `LENGTH KEY=VALUE\n`, length in decimal and of the whole record.
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html ("pax Extended Header")
 */

const SPACE = 0x20;
const EQUALS = 0x3d;
const NEWLINE = 0x0a;
/** Digits of a length that can occur: records end with the extension, which is far smaller. */
const LENGTH_DIGITS = 9;

export interface PaxRecord {
  readonly key: string;
  readonly value: Uint8Array;
}

/**
 * The records up to the first malformed one; `damaged` says that there was one. A key that occurs twice comes twice:
 * the later one counts.
 */
export function parsePax(bytes: Uint8Array): { readonly records: readonly PaxRecord[]; readonly damaged: boolean } {
  const records: PaxRecord[] = [];
  let at = 0;
  while (at < bytes.length) {
    // some writers pad with NUL
    if (bytes[at] === 0) return { records, damaged: false };
    const record = parseRecord(bytes, at);
    if (record === undefined) return { records, damaged: true };
    records.push(record);
    at = record.end;
  }
  return { records, damaged: false };
}

function parseRecord(bytes: Uint8Array, start: number): (PaxRecord & { readonly end: number }) | undefined {
  let length = 0;
  let at = start;
  for (; bytes[at] !== SPACE; at += 1) {
    const digit = (bytes[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 9 || at - start >= LENGTH_DIGITS) return undefined;
    length = length * 10 + digit;
  }
  const end = start + length;
  const keyStart = at + 1;
  if (end > bytes.length || end <= keyStart || bytes[end - 1] !== NEWLINE) return undefined;
  const equals = bytes.subarray(keyStart, end - 1).indexOf(EQUALS);
  if (equals <= 0) return undefined;
  const key = Buffer.from(bytes.buffer, bytes.byteOffset + keyStart, equals).toString('latin1');
  return { key, value: bytes.subarray(keyStart + equals + 1, end - 1), end };
}

/** A decimal number of a record; undefined where it is none or past 2^53. */
export function paxNumber(value: Uint8Array): number | undefined {
  if (value.length === 0 || value.length > 16) return undefined;
  let number = 0;
  for (const byte of value) {
    const digit = byte - 0x30;
    if (digit < 0 || digit > 9) return undefined;
    number = number * 10 + digit;
  }
  return Number.isSafeInteger(number) ? number : undefined;
}
