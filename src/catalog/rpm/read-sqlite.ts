import { BoundsError } from '../../bytes/cursor.ts';
import { openSqlitePages, SqliteError } from '../../bytes/sqlite-pages.ts';
import { readSqliteTable } from '../../bytes/sqlite-table.ts';
import type { StoredHeader } from './stored-header.ts';

/** The `blob` column of table `Packages(hnum, blob)`, the write-ahead log taken into account. */
export function* readSqlite(file: Uint8Array, log: Uint8Array | undefined): Generator<StoredHeader> {
  try {
    const rows = readSqliteTable(openSqlitePages(file, log), 'Packages');
    if (rows === undefined) {
      yield { lost: 'there is no table named Packages: no package was read' };
      return;
    }
    for (const read of rows) {
      if ('lost' in read) yield { lost: `packages are missing (${read.lost})` };
      else {
        const blob = read.row.values[1];
        yield blob instanceof Uint8Array
          ? { blob }
          : { lost: `row ${read.row.rowid} holds no header: its package is missing` };
      }
    }
  } catch (error) {
    if (!(error instanceof SqliteError) && !(error instanceof BoundsError)) throw error;
    yield { lost: `${error.message}: packages are missing` };
  }
}
