import { lines } from '../../bytes/lines.ts';
import type { OwnedDigest } from '../../detect/detector.ts';

/** One installed file of a distribution. */
export interface RecordedFile {
  /** As written: relative to the directory that holds the `.dist-info`, or absolute. */
  readonly path: string;
  readonly digest?: OwnedDigest;
}

/**
 * The rows of a RECORD file: CSV of path, `algorithm=digest` (urlsafe base64 without padding) and size
 * (https://packaging.python.org/en/latest/specifications/recording-installed-packages/#the-record-file).
 */
export function* parseRecord(text: string): Generator<RecordedFile> {
  for (const line of lines(text)) {
    const [path = '', digest = ''] = line.includes('"') ? quotedFields(line) : line.split(',', 2);
    if (path === '') continue;
    const value = digest.startsWith(SHA256)
      ? Buffer.from(digest.slice(SHA256.length), 'base64url').toString('hex')
      : '';
    if (value.length === 64) yield { path, digest: { algorithm: 'sha256', value } };
    else yield { path };
  }
}

const SHA256 = 'sha256=';

/** Fields of one CSV row; a quoted field may hold commas and doubled quotes, none holds a line end. */
function quotedFields(line: string): string[] {
  const found: string[] = [];
  let field = '';
  let quoted = false;
  for (let index = 0; index < line.length; index += 1) {
    const char = line.charAt(index);
    if (char === '"' && quoted && line.charAt(index + 1) === '"') {
      field += char;
      index += 1;
    } else if (char === '"') quoted = !quoted;
    else if (char === ',' && !quoted) {
      found.push(field);
      field = '';
    } else field += char;
  }
  return [...found, field];
}
