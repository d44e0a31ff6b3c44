const MAGIC = '!<arch>\n';
const HEADER_SIZE = 60;
const latin = new TextDecoder('latin1');

/** Members of a Unix `ar` archive, as .deb files are (ar(5), common format). Ends quietly at damage: check `complete`. */
export function arMembers(bytes: Uint8Array): {
  readonly members: readonly { path: string; bytes: Uint8Array }[];
  readonly complete: boolean;
} {
  const members: { path: string; bytes: Uint8Array }[] = [];
  if (latin.decode(bytes.subarray(0, MAGIC.length)) !== MAGIC) return { members, complete: false };
  let at = MAGIC.length;
  while (at + HEADER_SIZE <= bytes.length) {
    // name 16, mtime 12, uid 6, gid 6, mode 8, size 10, magic 2
    const header = latin.decode(bytes.subarray(at, at + HEADER_SIZE));
    const size = Number.parseInt(header.slice(48, 58), 10);
    const start = at + HEADER_SIZE;
    if (header.slice(58, 60) !== '`\n' || !Number.isSafeInteger(size) || size < 0 || start + size > bytes.length) {
      return { members, complete: false };
    }
    members.push({
      path: header.slice(0, 16).trimEnd().replace(/\/$/, ''),
      bytes: bytes.subarray(start, start + size),
    });
    at = start + size + (size % 2);
  }
  return { members, complete: at >= bytes.length };
}
