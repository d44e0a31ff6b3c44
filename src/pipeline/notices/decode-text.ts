/** Encodings that a mark at the beginning tells (https://encoding.spec.whatwg.org/#bom-sniff). */
const MARKS = [
  { mark: [0xff, 0xfe], encoding: 'utf-16le' },
  { mark: [0xfe, 0xff], encoding: 'utf-16be' },
] as const;

const strict = new TextDecoder('utf-8', { fatal: true });
const western = new TextDecoder('windows-1252');

/**
 * The text of a file with `\n` for every line end: UTF-8, UTF-16 with its mark, else Windows-1252, which old files are in.
 * Undefined where it holds zero bytes and so is no text.
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  const marked = MARKS.find(({ mark }) => mark.every((byte, index) => bytes[index] === byte));
  const text = marked === undefined ? decodeUnmarked(bytes) : new TextDecoder(marked.encoding).decode(bytes);
  return text.includes('\0') ? undefined : text.replaceAll(/\r\n?/g, '\n');
}

function decodeUnmarked(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return western.decode(bytes);
    throw error;
  }
}
