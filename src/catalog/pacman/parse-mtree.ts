import { gunzipSync } from 'node:zlib';
import { lines } from '../../bytes/lines.ts';

export interface MtreeFile {
  readonly path: string;
  readonly sha256: string;
}

/**
 * Files with their digests from the gzip-compressed `mtree` of a package (https://man.freebsd.org/cgi/man.cgi?mtree(5)).
 * Throws where it does not decompress within `maxBytes`.
 */
export function* parseMtree(bytes: Uint8Array, maxBytes: number): Generator<MtreeFile> {
  const text = gunzipSync(bytes, { maxOutputLength: maxBytes }).toString('latin1');
  for (const line of lines(text)) {
    const path = /^\.(\/[^ ]+) /.exec(line)?.[1];
    const sha256 = / sha256digest=([0-9a-f]{64})(?: |$)/.exec(line)?.[1];
    // Names that start with a dot are parts of the package, not files it installs.
    if (path !== undefined && sha256 !== undefined && !/^\/\.[A-Z]/.test(path))
      yield { path: unescapeOctal(path), sha256 };
  }
}

/** Bytes that are not printable stand as a backslash and three octal digits. */
function unescapeOctal(path: string): string {
  const bytes = path.replace(/\\([0-3][0-7]{2})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
