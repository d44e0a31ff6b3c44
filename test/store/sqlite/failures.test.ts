import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { openArchive } from '../../../src/store/sqlite/open-archive.ts';
import { archive, emptyArchive, imageOf, npmPackage, temporaryFolder } from '../archive-fixtures.ts';

const IMAGE = imageOf('shop:1', [npmPackage('lodash', '4.17.10')]);

it('a full disk is no damage, and leaves the archive as it was', async () => {
  const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
  const store = emptyArchive(temporaryFolder(), {
    onStep: (step) => {
      if (step === 'event') throw full;
    },
  });
  await expect(archive(store, IMAGE)).rejects.toMatchObject({
    code: 'PLM_OUTPUT_FAILED',
    message: 'there is no room left for the archive',
  });
  expect(await store.images({})).toEqual([]);
});

it('does not send to a repair what cannot even be opened', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'archive.sqlite'), 'no database, and longer than the header of one '.repeat(200));
  expect(() => openArchive(folder)).toThrow(
    expect.objectContaining({
      code: 'PLM_ARCHIVE_DAMAGED',
      hint: 'put back a copy, or add the images again to a new folder',
    }),
  );
});

it('a repair leaves a content alone that another process wrote where a damaged one was', async () => {
  const folder = temporaryFolder();
  const store = emptyArchive(folder);
  await archive(store, IMAGE);
  const database = new SqliteDatabase(join(folder, 'archive.sqlite'));
  onTestFinished(() => void database.close());
  const id = database.prepare<[], number>('SELECT max(id) FROM blob').pluck().get();
  database.prepare('UPDATE blob SET content = zeroblob(8) WHERE id = ?').run(id);
  const replace = (): void => {
    database.prepare("UPDATE blob SET digest = 'other' WHERE id = ?").run(id);
  };
  await store.verify(true, ({ step }) => {
    if (step === 'contents') queueMicrotask(replace);
  });
  expect(database.prepare('SELECT id FROM blob WHERE digest = ?').pluck().get('other')).toBe(id);
});
