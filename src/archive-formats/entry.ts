/**
 * Names inside archives made into paths. No name is trusted: every path of an image goes through this file, whether
 * it is an entry, a link target or a member named by a manifest.
 */

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The text of a name as stored. Bytes that are not UTF-8 become `\xNN`; so that two names never become one text,
 * a backslash that already starts such an escape is written `\x5c`.
 */
export function decodeName(bytes: Uint8Array): string {
  let text: string;
  try {
    text = strictUtf8.decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return escapeInvalid(bytes);
  }
  return text.includes('\\x') ? escapeEscapes(text) : text;
}

/** `\x80`…`\xff` stand for bytes and `\x5c` for a backslash before them. */
function escapeEscapes(text: string): string {
  return text.replace(/\\(?=x(?:[89a-f][0-9a-f]|5c))/g, '\\x5c');
}

function escapeInvalid(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    if (length === 0) text += `\\x${(bytes[at] ?? 0).toString(16)}`;
    else text += escapeEscapes(strictUtf8.decode(bytes.subarray(at, at + length)));
    at += Math.max(1, length);
  }
  return text;
}

/** Length of the run of valid UTF-8 (one character) at an offset; 0 where the byte starts none (RFC 3629 section 4). */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length =
    first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
  if (length === 0 || at + length > bytes.length) return 0;
  const second = bytes[at + 1] ?? 0;
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < low || second > high) return 0;
  for (let index = 2; index < length; index += 1) {
    if (((bytes[at + index] ?? 0) & 0xc0) !== 0x80) return 0;
  }
  return length;
}

const NEEDS_WORK = /(?:^|\/)\.{0,2}(?:\/|$)/;

/**
 * The canonical absolute path of a name: one leading slash, no trailing slash, no empty or dot parts; `..` stays
 * inside the root. The root is `/`.
 */
export function canonicalPath(name: string): string {
  if (!NEEDS_WORK.test(name)) return `/${name}`;
  const parts: string[] = [];
  for (const part of name.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** Whether a name climbs above its root at any point, as `a/../../b` does. */
export function climbsOut(name: string): boolean {
  if (!name.includes('..')) return false;
  let depth = 0;
  for (const part of name.split('/')) {
    if (part === '' || part === '.') continue;
    depth += part === '..' ? -1 : 1;
    if (depth < 0) return true;
  }
  return false;
}

/** Number of parts of a canonical path. */
export function pathDepth(path: string): number {
  let depth = 0;
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) depth += 1;
  return path === '/' ? 0 : depth;
}

/** Parent of a canonical path, without a trailing slash: the empty string for what lies in the root. */
export function parentPath(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Where a symlink at `path` points, as a canonical path: absolute targets from the root, others from its directory. */
export function linkTarget(path: string, target: string): string {
  return canonicalPath(target.startsWith('/') ? target : `${parentPath(path)}/${target}`);
}
