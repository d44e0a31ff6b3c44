import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../store/archive-fixtures.ts';
import { type ProgramRun, runSources } from '../../support/run-plimsoll.ts';

vi.setConfig({ testTimeout: 120_000 });

/** An archive with the image `shop:1`, altered by a statement; runs commands on it. */
function alteredArchive(sql: string): (command: string, ...words: readonly string[]) => ProgramRun {
  const folder = temporaryFolder();
  const place = join(folder, 'app', 'node_modules', 'left-pad');
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'package.json'), JSON.stringify({ name: 'left-pad', version: '1.0.0' }));
  const archive = (command: string, ...words: readonly string[]): ProgramRun =>
    runSources(['archive', command, ...words, '--archive', 'archive'], { cwd: folder, env: { XDG_DATA_HOME: folder } });
  expect(archive('add', 'dir:app', '--name', 'shop:1', '--quiet').status).toBe(0);
  const database = new SqliteDatabase(join(folder, 'archive', 'archive.sqlite'));
  database.exec(sql);
  database.close();
  return archive;
}

it('a text that was put into the database does not steer the terminal', () => {
  const archive = alteredArchive("UPDATE image SET seen_at = char(27) || '[2J'");
  const { stdout } = archive('prune', '--image', 'shop:1');
  expect([stdout.slice(0, 19), stdout.includes('\u001b')]).toEqual(['would remove shop:1', false]);
});

it('verify ends with what to do next, and calls images by their names', () => {
  const archive = alteredArchive('UPDATE blob SET content = zeroblob(8) WHERE digest IN (SELECT record FROM image)');
  const verify = (...words: readonly string[]): ProgramRun => {
    const run = archive('verify', ...words);
    return { ...run, stdout: run.stdout.replaceAll(/\b[0-9a-f]{64}\b/g, 'HEX') };
  };
  const damaged = 'content: HEX was altered; add again: shop:1 record:HEX\n';
  expect(verify()).toEqual({
    status: 3,
    stdout: `damaged  ${damaged}`,
    stderr: '1 fault; --repair mends what can be mended and says what to add again\n',
  });
  expect(verify('--repair')).toEqual({
    status: 3,
    stdout: `repaired ${damaged}damaged  content: image shop:1 record:HEX has no record: add it again\n`,
    stderr: '2 faults, 1 left: add again the images that are named, then rematch\n',
  });
});
