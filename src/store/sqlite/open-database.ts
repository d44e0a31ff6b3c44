import { existsSync, readFileSync, statSync } from 'node:fs';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { PlimsollError, systemErrorCode } from '../../errors.ts';
import { prepareSchema, refuseOtherVersion } from './schema.ts';

const BUSY_MILLISECONDS = 30_000;

/**
 * Opens the file of an archive, makes it one where it is empty. Where this user may not write to it, it is opened for
 * reading, unless `mustWrite`. Throws PLM_ARCHIVE_READ_ONLY, PLM_ARCHIVE_VERSION, PLM_INPUT_UNREADABLE, and SQLite's errors.
 */
export function openDatabase(path: string, mustWrite: boolean): Database {
  try {
    return prepared(new SqliteDatabase(path, { timeout: BUSY_MILLISECONDS }), (database) =>
      prepareSchema(database, path),
    );
  } catch (cause) {
    if (!isNotWritable(cause) || !existsSync(path)) throw cause;
    if (mustWrite) throw readOnlyArchive(path, cause);
    return prepared(openForReading(path), (database) => prepareForReading(database, path));
  }
}

/** Whether SQLite was kept from writing: by the rights of the file, of its folder, or by the file system. */
export function isNotWritable(error: unknown): boolean {
  const code = systemErrorCode(error) ?? '';
  return code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN');
}

/** The error of a change that this user may not make. */
export function readOnlyArchive(path: string, cause: unknown): PlimsollError {
  return new PlimsollError('PLM_ARCHIVE_READ_ONLY', 'this user may only read the archive', {
    path,
    hint: 'run it as the user the archive belongs to, or with a copy of the folder',
    cause,
  });
}

function prepared(database: Database, prepare: (database: Database) => void): Database {
  try {
    prepare(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * While a writer is at work, its log lies beside the file and is read as well. Without one, SQLite would have to make it
 * to read the file (https://www.sqlite.org/wal.html#read_only_databases): the file is read into memory instead, as it is whole then.
 */
function openForReading(path: string): Database {
  try {
    return prepared(new SqliteDatabase(path, { readonly: true, timeout: BUSY_MILLISECONDS }), (database) =>
      database.prepare('SELECT 1 FROM sqlite_schema').get(),
    );
  } catch (cause) {
    if (!isNotWritable(cause)) throw cause;
    if (existsSync(`${path}-wal`) && statSync(`${path}-wal`).size > 0) throw readOnlyArchive(path, cause);
    return new SqliteDatabase(contentOf(path), { readonly: true });
  }
}

/** Offsets of the versions of the file format for writing and reading, and the one without a log (https://www.sqlite.org/fileformat.html#file_format_version_numbers). */
const FORMAT_VERSIONS = [18, 19];
const WITHOUT_LOG = 1;

function contentOf(path: string): Buffer {
  try {
    const content = readFileSync(path);
    for (const offset of FORMAT_VERSIONS) if (offset < content.length) content[offset] = WITHOUT_LOG;
    return content;
  } catch (cause) {
    const code = systemErrorCode(cause);
    if (code === undefined) throw cause;
    throw new PlimsollError('PLM_INPUT_UNREADABLE', `the archive cannot be read (${code})`, {
      path,
      hint: 'check its rights',
      cause,
    });
  }
}

function prepareForReading(database: Database, path: string): void {
  database.pragma('temp_store = MEMORY');
  refuseOtherVersion(database, path);
  if (database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'image'").get() === undefined)
    throw new PlimsollError('PLM_ARCHIVE_NOT_FOUND', 'there is no archive', {
      path,
      hint: 'plimsoll archive add makes one',
    });
}
