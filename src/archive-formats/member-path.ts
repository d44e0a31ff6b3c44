const decoder = new TextDecoder('utf-8');

/**
 * The canonical path of an archive member: forward slashes, no leading slash, no empty or dot parts, `..` never leaves
 * the archive. A trailing slash (a directory) is kept. Undefined for an empty name.
 */
export function memberPath(name: Uint8Array | string): string | undefined {
  const text = typeof name === 'string' ? name : decoder.decode(name);
  const parts: string[] = [];
  for (const part of text.replaceAll('\\', '/').split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part.replaceAll('\0', '\u{fffd}'));
  }
  if (parts.length === 0) return undefined;
  return parts.join('/') + (/[\\/]$/.test(text) ? '/' : '');
}
