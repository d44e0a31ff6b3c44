import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { prepareSchema } from '../../../src/store/sqlite/schema.ts';

it('names the version of an archive of another one, also where its tables would clash, and changes nothing', () => {
  const database = new Sqlite(':memory:');
  database.exec(`CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
    INSERT INTO meta VALUES ('schema', '1');
    CREATE TABLE event (component INTEGER);
    CREATE INDEX event_component ON event (component);`);
  expect(() => prepareSchema(database, 'archive.sqlite')).toThrow('the archive has schema 1, this program knows 3');
  expect(database.prepare("SELECT count(*) AS tables FROM sqlite_schema WHERE type = 'table'").get()).toEqual({
    tables: 2,
  });
});

it('opens what it made', () => {
  const database = new Sqlite(':memory:');
  prepareSchema(database, 'archive.sqlite');
  expect(() => prepareSchema(database, 'archive.sqlite')).not.toThrow();
});
