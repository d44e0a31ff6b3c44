import { BoundsError } from '../../bytes/cursor.ts';
import type { FileView, Observation } from '../../detect/detector.ts';
import { databaseDamaged, databaseEmpty, ownedFile, packageFound } from '../../detect/observe.ts';
import { type PackageHeader, parseHeader } from './parse-header.ts';
import { berkeleyByteOrder, readBerkeley } from './read-berkeley.ts';
import { isNdb, readNdb } from './read-ndb.ts';
import { readSqlite } from './read-sqlite.ts';
import type { StoredHeader } from './stored-header.ts';
import { digestOf, ownerOf, toPackage } from './to-package.ts';

const LOG_SUFFIX = '-wal';
/** Public keys that rpm files among the packages. */
const KEY_PACKAGE = 'gpg-pubkey';
/** Losses told one by one; the rest is a number. */
const TOLD_LOSSES = 5;

/** The packages of a database in any of rpm's formats, told apart by content. */
export function* observeRpmDatabase(file: FileView, title: string): Generator<Observation> {
  if (belongsToDatabase(file)) return;
  let packages = 0;
  const lost: string[] = [];
  for (const stored of readHeaders(file)) {
    const header = 'lost' in stored ? stored.lost : readHeader(stored.blob);
    if (typeof header === 'string') lost.push(header);
    else {
      packages += 1;
      if (header.name !== KEY_PACKAGE) yield* observeHeader(header);
    }
  }
  for (const detail of lost.slice(0, TOLD_LOSSES)) yield databaseDamaged(detail);
  if (lost.length > TOLD_LOSSES) yield databaseDamaged(`${lost.length - TOLD_LOSSES} more records are missing`);
  if (packages === 0 && lost.length === 0) yield databaseEmpty(title);
}

/** A log is read with its database, and by itself only where it is all there is. */
function belongsToDatabase(file: FileView): boolean {
  if (!file.path.endsWith(LOG_SUFFIX)) return false;
  return file.size === 0 || file.sibling(file.path.slice(0, -LOG_SUFFIX.length)) !== undefined;
}

/** Berkeley DB and ndb; anything else is read as SQLite, with the write-ahead log beside it. */
function readHeaders(file: FileView): Iterable<StoredHeader> {
  const bytes = file.bytes();
  if (file.path.endsWith(LOG_SUFFIX)) return readSqlite(new Uint8Array(0), bytes);
  const order = berkeleyByteOrder(bytes);
  if (order !== undefined) return readBerkeley(bytes, order);
  if (isNdb(bytes)) return readNdb(bytes);
  return readSqlite(bytes, file.sibling(`${file.path}${LOG_SUFFIX}`)?.bytes());
}

function readHeader(blob: Uint8Array): PackageHeader | string {
  try {
    return parseHeader(blob) ?? 'a header without name, version or release: its package is missing';
  } catch (error) {
    if (error instanceof BoundsError) return `a damaged header: its package is missing (${error.message})`;
    throw error;
  }
}

function* observeHeader(header: PackageHeader): Generator<Observation> {
  yield packageFound(toPackage(header));
  const owner = ownerOf(header);
  for (const file of header.files) yield ownedFile(owner, file.path, digestOf(file, header.digestAlgorithm));
}
