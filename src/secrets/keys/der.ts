/** One DER value (ITU-T X.690): tag, and where its content lies in the bytes it was read from. */
export interface DerValue {
  readonly tag: number;
  readonly bytes: Uint8Array;
  /** Where the tag is. */
  readonly from: number;
  readonly start: number;
  readonly end: number;
}

export const DER_INTEGER = 0x02;
export const DER_OID = 0x06;
export const DER_SEQUENCE = 0x30;

/** The value at `from`, or undefined where it is none or runs over `end`. Long forms up to 4 length bytes. */
export function readDer(bytes: Uint8Array, from = 0, end = bytes.length): DerValue | undefined {
  const tag = bytes[from];
  const first = bytes[from + 1];
  if (tag === undefined || first === undefined || from + 2 > end || (tag & 0x1f) === 0x1f) return undefined;
  if (first < 0x80) return bounded(bytes, { tag, from, start: from + 2, length: first, end });
  const count = first & 0x7f;
  if (count === 0 || count > 4 || from + 2 + count > end) return undefined;
  let length = 0;
  for (let index = 0; index < count; index++) length = length * 256 + (bytes[from + 2 + index] ?? 0);
  return bounded(bytes, { tag, from, start: from + 2 + count, length, end });
}

function bounded(
  bytes: Uint8Array,
  at: { tag: number; from: number; start: number; length: number; end: number },
): DerValue | undefined {
  const end = at.start + at.length;
  return end <= at.end ? { tag: at.tag, bytes, from: at.from, start: at.start, end } : undefined;
}

/** The values inside a constructed one, at most `limit`; undefined where they do not fill it. */
export function derChildren(value: DerValue | undefined, limit = 64): DerValue[] | undefined {
  if (value === undefined) return undefined;
  const children: DerValue[] = [];
  let at = value.start;
  while (at < value.end) {
    const child = readDer(value.bytes, at, value.end);
    if (child === undefined || children.length === limit) return undefined;
    children.push(child);
    at = child.end;
  }
  return children;
}

/** A sequence that begins at the first byte, and what is in it. Bytes after it are allowed: PEM bodies get padded. */
export function derSequence(bytes: Uint8Array): DerValue[] | undefined {
  const value = readDer(bytes);
  return value?.tag === DER_SEQUENCE ? derChildren(value) : undefined;
}

export function derContent(value: DerValue): Uint8Array {
  return value.bytes.subarray(value.start, value.end);
}

/** An unsigned integer of any size; undefined for other tags. */
export function derInteger(value: DerValue | undefined): bigint | undefined {
  if (value?.tag !== DER_INTEGER || value.end === value.start) return undefined;
  return BigInt(`0x${Buffer.from(derContent(value)).toString('hex')}`);
}

/** An object identifier as dotted numbers. */
export function derOid(value: DerValue | undefined): string | undefined {
  if (value?.tag !== DER_OID) return undefined;
  const content = derContent(value);
  const parts: number[] = [Math.floor((content[0] ?? 0) / 40), (content[0] ?? 0) % 40];
  let part = 0;
  for (const byte of content.subarray(1)) {
    part = part * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    parts.push(part);
    part = 0;
  }
  return parts.join('.');
}
