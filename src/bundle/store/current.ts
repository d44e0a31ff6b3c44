import { PlimsollError, systemErrorCode } from '../../errors.ts';
import { encodeCanonical, parseCanonical } from '../canonical-json.ts';
import { sha256Hex } from '../content-id.ts';
import { DocumentReader } from '../document.ts';
import { replaceFile } from './durable-write.ts';
import type { FileSystem } from './file-system.ts';
import { parseBundleName, type StorePaths } from './store-layout.ts';

/** Which bundle a store uses. */
export interface Current {
  readonly name: string;
  /** Set by `db rollback`: every report says so until the next import. */
  readonly rolledBack: boolean;
}

/** `CURRENT`: a canonical document, a line break, its SHA-256. Undefined where nothing is installed. Throws PLM_BUNDLE_STORE. */
export function readCurrent(fs: FileSystem, paths: StorePaths): Current | undefined {
  let text: string;
  try {
    text = fs.readFileSync(paths.current, 'utf8');
  } catch (cause) {
    const code = systemErrorCode(cause);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    if (code === undefined) throw cause;
    throw damaged(paths, 'cannot be read', cause);
  }
  const [document = '', digest] = text.split('\n');
  if (sha256Hex(Buffer.from(document)) !== digest) throw damaged(paths, 'is damaged');
  const fields = new DocumentReader(parseCanonical(Buffer.from(document), 'CURRENT'), 'CURRENT', 'PLM_BUNDLE_STORE');
  const name = fields.text('bundle');
  if (parseBundleName(name) === undefined) throw damaged(paths, 'names no bundle');
  return { name, rolledBack: fields.integer('rolledBack', 0, 1) === 1 };
}

/** The moment a change becomes visible: one rename. */
export function writeCurrent(fs: FileSystem, paths: StorePaths, { name, rolledBack }: Current): void {
  const document = encodeCanonical({ bundle: name, rolledBack: rolledBack ? 1 : 0 });
  replaceFile(fs, paths.current, Buffer.concat([document, Buffer.from(`\n${sha256Hex(document)}\n`)]));
}

function damaged(paths: StorePaths, reason: string, cause?: unknown): PlimsollError {
  return new PlimsollError('PLM_BUNDLE_STORE', `CURRENT ${reason}`, {
    path: paths.current,
    hint: 'import the newest bundle again',
    cause,
  });
}
