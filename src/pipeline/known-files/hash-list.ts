import { lines } from '../../bytes/lines.ts';
import { PlimsollError } from '../../errors.ts';
import { CONTENT_HASHES, type ContentHash } from '../../model/content-hash.ts';

/** What is known of contents: the name of each, by algorithm and digest. */
export type HashList = ReadonlyMap<ContentHash, ReadonlyMap<string, string>>;

/**
 * Reads lists of digests: one a line in hex, MD5, SHA-1, SHA-256 or SHA-512 by its length, then blanks, commas or semicolons
 * and the name of what has it, as `sha256sum` writes and published indicators come (a backslash before the digest says that the name is escaped). Lines that are empty or begin with `#`
 * are passed over. Throws PLM_USAGE for any other, and for a list without digests: nothing would be looked for.
 */
export function parseHashLists(files: readonly { readonly path: string; readonly text: string }[]): HashList {
  const known = new Map(CONTENT_HASHES.map(({ algorithm }) => [algorithm, new Map<string, string>()]));
  for (const { path, text } of files) {
    let number = 0;
    let isEmpty = true;
    for (const line of lines(text)) {
      number += 1;
      const trimmed = line.trim();
      if (trimmed === '' || trimmed.startsWith('#')) continue;
      const [, digest = '', name = ''] = /^["\\]?([0-9A-Fa-f]{32,128})"?(?:[\s,;]+\*?(.*))?$/.exec(trimmed) ?? [];
      const algorithm = CONTENT_HASHES.find(({ bytes }) => digest.length === 2 * bytes)?.algorithm;
      if (algorithm === undefined) throw noDigest(path, number);
      known.get(algorithm)?.set(digest.toLowerCase(), name);
      isEmpty = false;
    }
    if (isEmpty) throw new PlimsollError('PLM_USAGE', 'the list holds no digest', { path, hint: WANTED });
  }
  return new Map([...known].filter(([, digests]) => digests.size > 0));
}

function noDigest(path: string, line: number): PlimsollError {
  return new PlimsollError('PLM_USAGE', `line ${line} begins with no MD5, SHA-1, SHA-256 or SHA-512 digest`, {
    path,
    hint: WANTED,
  });
}

const WANTED = 'one digest a line in hex, then its name: what sha256sum writes';
