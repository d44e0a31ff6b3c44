const encoder = new TextEncoder();

/**
 * Writes a text from `from` on as UTF-8 to `bytes` at `at`, where three bytes for each of its letters must fit; returns how many
 * it took. A call of the encoder costs more than the few letters of most names.
 */
export function putName(bytes: Uint8Array, at: number, text: string, from = 0): number {
  for (let index = from; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= 0x80) return encoder.encodeInto(text.slice(from), bytes.subarray(at)).written;
    bytes[at + index - from] = code;
  }
  return text.length - from;
}

let buffer = new Uint8Array(1024);

/** A name as UTF-8, valid until the next call. */
export function nameOf(text: string): Uint8Array {
  if (buffer.length < text.length * 3) buffer = new Uint8Array(text.length * 3);
  return buffer.subarray(0, putName(buffer, 0, text));
}
