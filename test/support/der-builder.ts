/** ASN.1 values in DER (ITU-T X.690). */
export const sequence = (...parts: readonly Uint8Array[]): Buffer => value(0x30, ...parts);
export const set = (...parts: readonly Uint8Array[]): Buffer => value(0x31, ...parts.toSorted(Buffer.compare));
export const octets = (...parts: readonly Uint8Array[]): Buffer => value(0x04, ...parts);
export const bits = (bytes: Uint8Array, unused = 0): Buffer => value(0x03, Buffer.from([unused]), bytes);
export const text = (content: string): Buffer => value(0x0c, Buffer.from(content));
export const boolean = (): Buffer => value(0x01, Buffer.from([0xff]));
/** A field `[tag]`, constructed of other values or, where `isPrimitive`, plain bytes. */
export const field = (tag: number, content: Uint8Array, isPrimitive = false): Buffer =>
  value((isPrimitive ? 0x80 : 0xa0) + tag, content);

export function value(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  if (content.length < 0x80) return Buffer.concat([Buffer.from([tag, content.length]), content]);
  const size = content.length < 0x100 ? [0x81, content.length] : [0x82, content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

/** A whole number that is not negative. */
export function integer(number: number): Buffer {
  const hex = number.toString(16);
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  return value(0x02, bytes.readUInt8(0) < 0x80 ? bytes : Buffer.concat([Buffer.from([0]), bytes]));
}

export function identifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...others] = dotted.split('.').map(Number);
  return value(0x06, Buffer.from([first * 40 + second, ...others.flatMap(base128)]));
}

function base128(number: number): readonly number[] {
  const digits = [number & 0x7f];
  for (let rest = Math.floor(number / 128); rest > 0; rest = Math.floor(rest / 128))
    digits.unshift((rest & 0x7f) | 0x80);
  return digits;
}

/** GeneralizedTime, in seconds. */
export const time = (date: Date): Buffer => value(0x18, Buffer.from(digitsOf(date)));
/** UTCTime: what certificates have before 2050. */
export const shortTime = (date: Date): Buffer => value(0x17, Buffer.from(digitsOf(date).slice(2)));
const digitsOf = (date: Date): string => `${date.toISOString().replace(/[-:T]|\.\d+Z/g, '')}Z`;
