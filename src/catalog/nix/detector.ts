import { BoundsError } from '../../bytes/cursor.ts';
import { openSqlitePages, SqliteError } from '../../bytes/sqlite-pages.ts';
import { readSqliteTable } from '../../bytes/sqlite-table.ts';
import type { Detector, FileView, Observation } from '../../detect/detector.ts';
import { databaseDamaged, packageFound } from '../../detect/observe.ts';
import { parseStorePath } from './parse-store-path.ts';
import { toPackage } from './to-package.ts';

const specification = 'https://nix.dev/manual/nix/latest/store/store-path.html';
const DATABASE = '/nix/var/nix/db/db.sqlite';

export const detectors: readonly Detector[] = [
  {
    id: 'nix/store',
    title: 'Nix store paths',
    specification,
    packageTypes: ['nix'],
    // One or two levels down: enough to meet a file of every package, without looking at all of them.
    select: [{ pattern: /^\/nix\/store\/[0-9a-df-np-sv-z]{32}-[^/]+(?:\/[^/]+){0,2}$/ }],
    textFolders: (path) => [path],
    *detect(file) {
      const store = parseStorePath(file.path);
      if (store !== undefined) yield packageFound(toPackage(store), store.path);
    },
  },
  {
    id: 'nix/database',
    title: 'Nix store database',
    specification,
    packageTypes: ['nix'],
    select: [{ path: DATABASE }],
    companions: [{ path: `${DATABASE}-wal` }],
    textFolders: (path) => [path],
    detect: readDatabase,
  },
];

/** Table `ValidPaths(id, path, …)`. Sources and configuration are valid paths too, so that no package is no damage. */
function* readDatabase(file: FileView): Generator<Observation> {
  try {
    const rows = readSqliteTable(openSqlitePages(file.bytes(), file.sibling(`${DATABASE}-wal`)?.bytes()), 'ValidPaths');
    if (rows === undefined) throw new SqliteError('there is no table named ValidPaths');
    for (const read of rows) {
      if ('lost' in read) yield databaseDamaged(`packages are missing (${read.lost})`);
      else {
        const path = read.row.values[1];
        const store = typeof path === 'string' ? parseStorePath(path) : undefined;
        if (store !== undefined) yield packageFound(toPackage(store), store.path);
      }
    }
  } catch (error) {
    if (!(error instanceof SqliteError) && !(error instanceof BoundsError)) throw error;
    yield databaseDamaged(`${error.message}: packages that only the database names are missing`);
  }
}
