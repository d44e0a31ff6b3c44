import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';

export interface SqliteFiles {
  readonly database: Buffer;
  /** The write-ahead log; empty unless asked for. */
  readonly log: Buffer;
}

/** Runs statements against a fresh database and returns its bytes as they are before anything is closed. */
export function buildSqlite(
  write: (database: Database.Database) => void,
  options: { readonly pageSize?: number; readonly log?: boolean } = {},
): SqliteFiles {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-test-'));
  const path = join(folder, 'test.sqlite');
  const database = new Database(path);
  try {
    database.pragma(`page_size = ${options.pageSize ?? 4096}`);
    database.pragma(`journal_mode = ${options.log === true ? 'WAL' : 'DELETE'}`);
    database.pragma('wal_autocheckpoint = 0');
    write(database);
    return { database: readFileSync(path), log: options.log === true ? readFileSync(`${path}-wal`) : Buffer.alloc(0) };
  } finally {
    database.close();
    rmSync(folder, { recursive: true });
  }
}

/** rpm's own schema with one row a blob. */
export function buildRpmSqlite(
  blobs: readonly Uint8Array[],
  options: { readonly pageSize?: number; readonly log?: boolean } = {},
): SqliteFiles {
  return buildSqlite((database) => {
    database.exec("CREATE TABLE IF NOT EXISTS 'Packages' (hnum INTEGER PRIMARY KEY AUTOINCREMENT,blob BLOB NOT NULL)");
    const insert = database.prepare('INSERT INTO Packages(blob) VALUES (?)');
    for (const blob of blobs) insert.run(blob);
  }, options);
}
