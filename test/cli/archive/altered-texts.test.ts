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

it('a text that was put into the database does not steer the terminal', () => {
  const database = new SqliteDatabase(join(scene.folder, 'archive', 'archive.sqlite'));
  database.exec("UPDATE image SET seen_at = char(27) || '[2J'");
  database.close();
  const { stdout } = scene.plimsoll('archive', 'prune', '--image', 'shop:1', '--archive', 'archive');
  expect([stdout.slice(0, 19), stdout.includes('\u001b')]).toEqual(['would remove shop:1', false]);
});
