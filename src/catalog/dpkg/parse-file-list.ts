import { lines } from '../../bytes/lines.ts';

/** A file of a package: absolute path, and the MD5 of its content where the list states it. */
export interface ListedFile {
  readonly path: string;
  readonly md5: string | undefined;
}

/**
 * `info/<package>.list`: one absolute path a line, parents before children, so that a path followed by one below it is a
 * directory and left out.
 */
export function* parseFileList(text: string): Generator<ListedFile> {
  let previous: string | undefined;
  for (const line of lines(text)) {
    if (!line.startsWith('/') || line === '/.') continue;
    if (previous !== undefined && !line.startsWith(`${previous}/`)) yield { path: previous, md5: undefined };
    previous = line;
  }
  if (previous !== undefined) yield { path: previous, md5: undefined };
}

/** `info/<package>.md5sums`: 32 hex digits, two blanks, a path without its leading slash. */
export function* parseMd5sums(text: string): Generator<ListedFile> {
  for (const line of lines(text)) {
    const match = /^([0-9a-f]{32}) [ *](?:\.?\/)?(.+)$/.exec(line);
    if (match?.[1] !== undefined && match[2] !== undefined) yield { path: `/${match[2]}`, md5: match[1] };
  }
}

/** `libc6:amd64.list` → name and architecture of the package the list is about. */
export function listedPackage(path: string): { readonly name: string; readonly arch?: string } {
  const stem = path.slice(path.lastIndexOf('/') + 1).replace(/\.[a-z0-9]+$/, '');
  const colon = stem.indexOf(':');
  return colon < 0 ? { name: stem } : { name: stem.slice(0, colon), arch: stem.slice(colon + 1) };
}
