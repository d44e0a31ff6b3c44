export type Utf16Kind = 'little' | 'big';

/** Whether a file is UTF-16: by its byte order mark, or by ASCII letters alternating with NUL in its first 16 bytes. */
export function utf16Kind(head: Uint8Array): Utf16Kind | undefined {
  if (head[0] === 0xff && head[1] === 0xfe && !(head[2] === 0 && head[3] === 0)) return 'little';
  if (head[0] === 0xfe && head[1] === 0xff) return 'big';
  if (head.length < PROBE) return undefined;
  if (alternates(head, 0)) return 'little';
  return alternates(head, 1) ? 'big' : undefined;
}

/** A quick look at the first two bytes: false where `utf16Kind` says undefined for sure. */
export function mayBeUtf16(bytes: Uint8Array, start: number): boolean {
  const [first = 1, second = 1] = [bytes[start], bytes[start + 1]];
  return first === 0 || second === 0 || first >= 0xfe;
}

/** ASCII of UTF-16 text: one byte a code unit, so that offsets are halves; other characters become a question mark. */
export function stripUtf16(bytes: Uint8Array, kind: Utf16Kind): Uint8Array {
  const text = new Uint8Array(bytes.length >> 1);
  const low = kind === 'little' ? 0 : 1;
  for (let index = 0; index < text.length; index++) {
    text[index] = bytes[index * 2 + 1 - low] === 0 ? (bytes[index * 2 + low] ?? 0) : OTHER;
  }
  if (bytes[low] === 0xff || bytes[low] === 0xfe) text[0] = SPACE;
  return text;
}

function alternates(head: Uint8Array, letter: 0 | 1): boolean {
  for (let index = 0; index < PROBE; index += 2) {
    const code = head[index + letter] ?? 0;
    if (
      head[index + 1 - letter] !== 0 ||
      code > 0x7e ||
      (code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d)
    )
      return false;
  }
  return true;
}

const PROBE = 16;
const OTHER = 0x3f;
const SPACE = 0x20;
