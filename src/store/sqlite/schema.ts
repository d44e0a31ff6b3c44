import type { Database } from 'better-sqlite3';
import { PlimsollError } from '../../errors.ts';

/** Raised when a table changes its meaning; an archive of another version is refused and not guessed at. */
const SCHEMA_VERSION = '3';

/** Component numbers are never used twice: events name them for ever, and a re-match tells by them what came later. */
const TABLES = `
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS blob (id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, size INTEGER NOT NULL, content BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS image (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, manifest TEXT, platform TEXT NOT NULL, os TEXT NOT NULL,
  added_at TEXT NOT NULL, seen_at TEXT NOT NULL, retired_at TEXT, record TEXT NOT NULL, source TEXT);
CREATE INDEX IF NOT EXISTS image_retired ON image (retired_at);
CREATE TABLE IF NOT EXISTS image_name (name TEXT NOT NULL, image INTEGER NOT NULL, PRIMARY KEY (name, image)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS image_name_image ON image_name (image);
CREATE TABLE IF NOT EXISTS label (image INTEGER NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (image, name)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS label_value ON label (name, value, image);
CREATE TABLE IF NOT EXISTS bundle (
  content_id TEXT PRIMARY KEY, channel TEXT NOT NULL, epoch INTEGER NOT NULL, sequence INTEGER NOT NULL, built_at TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS component (
  id INTEGER PRIMARY KEY AUTOINCREMENT, digest BLOB NOT NULL UNIQUE, content TEXT NOT NULL, purl TEXT NOT NULL, matched TEXT);
CREATE INDEX IF NOT EXISTS component_elsewhere ON component (matched) WHERE matched IS NOT NULL;
CREATE TABLE IF NOT EXISTS name (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS component_name (
  name INTEGER NOT NULL, component INTEGER NOT NULL, version TEXT NOT NULL, PRIMARY KEY (name, component, version)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS package_name (name TEXT NOT NULL, component INTEGER NOT NULL, PRIMARY KEY (name, component)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS component_group (id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS group_member (component INTEGER NOT NULL, grp INTEGER NOT NULL, PRIMARY KEY (component, grp)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS group_member_group ON group_member (grp);
CREATE TABLE IF NOT EXISTS group_file (digest TEXT NOT NULL, grp INTEGER NOT NULL, path TEXT NOT NULL, PRIMARY KEY (digest, grp, path)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS image_group (grp INTEGER NOT NULL, image INTEGER NOT NULL, layer INTEGER NOT NULL, PRIMARY KEY (grp, image, layer)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS image_group_image ON image_group (image);
CREATE TABLE IF NOT EXISTS deviation (
  image INTEGER NOT NULL, component INTEGER NOT NULL, layer INTEGER NOT NULL, package_id TEXT NOT NULL, state TEXT NOT NULL, removed_in INTEGER,
  PRIMARY KEY (image, component, layer, package_id)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS deviation_component ON deviation (component);
CREATE TABLE IF NOT EXISTS secret (
  fingerprint TEXT NOT NULL, image INTEGER NOT NULL, rule TEXT NOT NULL, place TEXT NOT NULL, layer INTEGER, state TEXT,
  PRIMARY KEY (fingerprint, image, rule, place)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS secret_image ON secret (image);

CREATE TABLE IF NOT EXISTS flaw (
  id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, vulnerability TEXT NOT NULL, severity TEXT NOT NULL, suppressed INTEGER NOT NULL,
  content TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS flaw_name (name TEXT NOT NULL, flaw INTEGER NOT NULL, PRIMARY KEY (name, flaw)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS finding (
  id INTEGER PRIMARY KEY, component INTEGER NOT NULL, flaw INTEGER NOT NULL, version TEXT, opened_at TEXT NOT NULL, closed_at TEXT);
CREATE INDEX IF NOT EXISTS finding_open ON finding (component) WHERE closed_at IS NULL;
CREATE INDEX IF NOT EXISTS finding_flaw ON finding (flaw) WHERE closed_at IS NULL;
CREATE TABLE IF NOT EXISTS event (
  sequence INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, cause TEXT NOT NULL, bundle TEXT, components BLOB, image TEXT,
  vulnerability TEXT, detail TEXT NOT NULL, hash TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS event_at ON event (at);
CREATE INDEX IF NOT EXISTS event_vulnerability ON event (vulnerability) WHERE vulnerability IS NOT NULL;
CREATE TABLE IF NOT EXISTS event_component (component INTEGER NOT NULL, event INTEGER NOT NULL, PRIMARY KEY (component, event)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS event_image ON event (image) WHERE image IS NOT NULL;
CREATE TABLE IF NOT EXISTS decision (
  image TEXT PRIMARY KEY, policy TEXT NOT NULL, bundle TEXT NOT NULL, verdict TEXT NOT NULL, suppressed TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;
CREATE TRIGGER IF NOT EXISTS event_never_changes BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER IF NOT EXISTS event_never_goes BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
`;

/** Fewer and larger copies of the log into the database than by default: each costs flushes. */
export const CHECKPOINT_PAGES = 4000;

/** From how many pages on a commit copies the log into the database; 0 leaves that to a later one. */
export function copyLogFrom(database: Database, pages: number): void {
  database.pragma(`wal_autocheckpoint = ${pages}`);
}

/** Makes a database an archive, or checks that it is one of this version. Throws PLM_ARCHIVE_VERSION. */
export function prepareSchema(database: Database, path: string): void {
  database.pragma('journal_mode = WAL');
  copyLogFrom(database, CHECKPOINT_PAGES);
  // FULL flushes the log with every commit: what `add` has acknowledged survives a power cut.
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  database.pragma('cache_size = -65536');
  database.pragma('temp_store = MEMORY');
  database
    .transaction(() => {
      // Before any table is made: statements of this version need not fit the tables of another.
      refuseOtherVersion(database, path);
      database.exec(TABLES);
      database.prepare("INSERT OR IGNORE INTO meta VALUES ('schema', ?)").run(SCHEMA_VERSION);
    })
    .immediate();
}

/** Throws PLM_ARCHIVE_VERSION for an archive of another version of the program. */
export function refuseOtherVersion(database: Database, path: string): void {
  if (database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'meta'").get() === undefined)
    return;
  const version = database.prepare<[], { value: string }>("SELECT value FROM meta WHERE key = 'schema'").get()?.value;
  if (version === undefined || version === SCHEMA_VERSION) return;
  const newer = Number(version) > Number(SCHEMA_VERSION);
  throw new PlimsollError(
    'PLM_ARCHIVE_VERSION',
    `the archive has schema ${version}, this program knows ${SCHEMA_VERSION}`,
    {
      path,
      hint: newer
        ? 'use the newer plimsoll that wrote it'
        : 'add the images to a new archive; "plimsoll archive evidence" and "export" of the version that wrote it keep what it knew',
    },
  );
}
