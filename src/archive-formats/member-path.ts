const decoder = new TextDecoder('utf-8');
/** What most names have none of: backslashes, NUL, a leading slash, empty parts and parts that begin with a dot. */
const NEEDS_CARE = /[\\\0]|^[/.]|\/[/.]/;

/**
 * The canonical path of an archive member: forward slashes, no leading slash, no empty or dot parts, `..` never leaves
 * the archive. A trailing slash (a directory) is kept. Undefined for an empty name.
 */
export function memberPath(name: Uint8Array | string): string | undefined {
  const text = typeof name === 'string' ? name : decoder.decode(name);
  if (text !== '' && !NEEDS_CARE.test(text)) return text;
  const parts: string[] = [];
  for (const part of text.replaceAll('\\', '/').split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part.replaceAll('\0', '\u{fffd}'));
  }
  if (parts.length === 0) return undefined;
  return parts.join('/') + (/[\\/]$/.test(text) ? '/' : '');
}
