import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type NightScene, nightScene } from './night-scene.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let scene: NightScene;
beforeAll(() => {
  scene = nightScene();
  const image = scene.fileSystem('app', ['left-pad']);
  scene.plimsoll('archive', 'add', image, '--name', 'shop:1', '--db', 'none', '--quiet', '--archive', 'archive');
});
afterAll(() => scene.remove());

function verify(...words: readonly string[]): readonly (string | number | null)[] {
  const { status, stdout, stderr } = scene.plimsoll('archive', 'verify', ...words, '--archive', 'archive');
  return [status, stdout.replaceAll(/\b[0-9a-f]{64}\b/g, 'HEX'), stderr];
}

it('ends with what to do next, and calls images by their names', () => {
  const database = new SqliteDatabase(join(scene.folder, 'archive', 'archive.sqlite'));
  database.exec('UPDATE blob SET content = zeroblob(8) WHERE digest IN (SELECT record FROM image)');
  database.close();
  const damaged = 'content: HEX was altered; add again: shop:1 record:HEX\n';
  expect(verify()).toEqual([
    3,
    `damaged  ${damaged}`,
    '1 fault; --repair mends what can be mended and says what to add again\n',
  ]);
  expect(verify('--repair')).toEqual([
    3,
    `repaired ${damaged}damaged  content: image shop:1 record:HEX has no record: add it again\n`,
    '2 faults, 1 left: add again the images that are named, then rematch\n',
  ]);
});
