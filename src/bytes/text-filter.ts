/**
 * A set of texts of which only membership can be asked, in two bytes a text: a Bloom filter as base64. A text that was put in
 * is always found; one in two thousand that was not is found as well. Texts are put in by their hashes.
 */
export function textFilter(hashes: ReadonlySet<number>): string {
  const bits = new Uint8Array(hashes.size * BYTES_EACH);
  const size = bits.length * 8;
  for (const hash of hashes) {
    const step = stepOf(hash);
    for (let index = 0; index < BITS_SET; index++) {
      const bit = bitAt(hash, step, index) % size;
      bits[bit >>> 3] = (bits[bit >>> 3] ?? 0) | (1 << (bit & 7));
    }
  }
  return Buffer.from(bits.buffer).toString('base64');
}

/** Whether a text may have been put into a filter. Of a large one no more is read than the bits asked for. */
export function mayHold(filter: string, text: string): boolean {
  const size = Buffer.byteLength(filter, 'base64') * 8;
  if (size === 0) return false;
  const hash = hashText(text);
  const step = stepOf(hash);
  for (let index = 0; index < BITS_SET; index++) {
    if (!isSet(filter, bitAt(hash, step, index) % size)) return false;
  }
  return true;
}

/** Four letters of base64 hold three bytes. */
function isSet(filter: string, bit: number): boolean {
  const byte = bit >>> 3;
  const letters = Math.floor(byte / 3) * 4;
  const value = Buffer.from(filter.slice(letters, letters + 4), 'base64')[byte % 3] ?? 0;
  return (value & (1 << (bit & 7))) !== 0;
}

/** FNV-1a of 32 bits over UTF-16 units (RFC 9923), signed; of two texts in a row where the hash of the first is given. */
export function hashText(text: string, before: number = BASIS): number {
  let hash = before;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), PRIME);
  return hash;
}

const BASIS = 0x811c9dc5 | 0;
const PRIME = 0x01000193;
const BYTES_EACH = 2;
const BITS_SET = 8;

/** Two hashes stand for all (Kirsch and Mitzenmacher, https://doi.org/10.1002/rsa.20208). */
function bitAt(hash: number, step: number, index: number): number {
  return (hash >>> 0) + index * step;
}

function stepOf(hash: number): number {
  return (Math.imul(hash ^ (hash >>> 16), 0x45d9f3b) | 1) >>> 0;
}
