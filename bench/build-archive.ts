/**
 * Builds the archive that `store.bench.ts` measures: `node bench/build-archive.ts IMAGES FOLDER`. A process of its own, so that
 * what is measured afterwards does not carry the heap of a hundred thousand images.
 */
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { addImage } from '../src/store/sqlite/add-image.ts';
import { connect } from '../src/store/sqlite/connection.ts';
import { ARCHIVE_FILE, openArchive } from '../src/store/sqlite/open-archive.ts';
import { bundleOf } from '../test/store/archive-content.ts';
import { KNOWN_FLAWS, SyntheticImages } from './archive-images.ts';

const IMAGES = Number(process.argv[2]);
const PLACE = process.argv[3] ?? '';
const SINGLE = 1000;

const numbers: Record<string, number> = {};
const source = new SyntheticImages(IMAGES, bundleOf(1, KNOWN_FLAWS));
const store = openArchive(PLACE, { create: true });
const single = Math.min(SINGLE, IMAGES);
const images = Array.from({ length: single }, (_, number) => source.image(number));
let start = performance.now();
for (const entry of images) await store.add(entry);
note('images added a second, flushed one by one', Math.round(single / seconds(start)));
const database = new SqliteDatabase(join(PLACE, ARCHIVE_FILE));
database.pragma('synchronous = OFF');
database.pragma('cache_size = -1000000');
const connection = connect(database, PLACE, () => undefined);
start = performance.now();
for (let number = single; number < IMAGES; number += 1000) {
  const end = Math.min(number + 1000, IMAGES);
  database.transaction(() => {
    for (let next = number; next < end; next += 1) addImage(connection, source.image(next));
  })();
}
if (IMAGES > single) note('images added a second, a thousand at once', Math.round((IMAGES - single) / seconds(start)));
database.pragma('wal_checkpoint(TRUNCATE)');
note(
  'image-component rows stood for',
  connection.number(
    'SELECT sum(members) FROM (SELECT count(*) AS members, grp FROM group_member GROUP BY grp) JOIN image_group USING (grp)',
  ) ?? 0,
);
database.close();
for (const [name, count] of Object.entries(await store.counts())) note(`rows of ${name}`, count);
store.close();
note('database MB', Math.round(statSync(join(PLACE, ARCHIVE_FILE)).size / 1e6));
writeFileSync(join(PLACE, 'built.json'), JSON.stringify(numbers));

function seconds(since: number): number {
  return Math.round(performance.now() - since) / 1000;
}

function note(name: string, value: number): void {
  numbers[name] = value;
  console.error(`${name}: ${value}`);
}
