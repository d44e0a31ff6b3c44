import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../store/archive-fixtures.ts';
import { type ProgramRun, runSources } from '../../support/run-plimsoll.ts';

vi.setConfig({ testTimeout: 120_000 });

it('a backup is a sound archive with the same images, and takes the place of none', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'app'));
  writeFileSync(join(folder, 'app', 'package.json'), JSON.stringify({ name: 'left-pad', version: '1.0.0' }));
  const archive = (...words: readonly string[]): ProgramRun =>
    runSources(['archive', ...words], { cwd: folder, env: { XDG_DATA_HOME: folder } });
  archive('add', 'dir:app', '--name', 'shop:1', '--quiet', '--archive', 'archive');
  expect(archive('backup', 'copies/1', '--archive', 'archive')).toEqual({
    status: 0,
    stdout: 'copies/1: 1 image\n',
    stderr: '',
  });
  expect(readdirSync(join(folder, 'copies', '1'))).toEqual(['archive.sqlite']);
  const [original, copy] = ['archive', 'copies/1'].map((place) => archive('list', '--archive', place).stdout);
  expect([copy, archive('verify', '--archive', 'copies/1').status]).toEqual([original, 0]);
  expect(archive('backup', 'copies/1', '--archive', 'archive')).toEqual({
    status: 2,
    stdout: '',
    stderr:
      'PLM_OUTPUT_FAILED: there is an archive already [copies/1]; name another folder: a copy never takes the place of an archive\n',
  });
});

it('a place that no copy can be written to is named, and the archive is not blamed', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'app'));
  writeFileSync(join(folder, 'file'), '');
  const archive = (...words: readonly string[]): ProgramRun =>
    runSources(['archive', ...words, '--archive', 'archive'], { cwd: folder, env: { XDG_DATA_HOME: folder } });
  archive('add', 'dir:app', '--name', 'shop:1', '--quiet');
  // Longer than SQLite takes.
  const long = join(...['a', 'b', 'c'].map((letter) => letter.repeat(200)));
  const refused = (place: string, code: string): ProgramRun => ({
    status: 2,
    stdout: '',
    stderr: `PLM_OUTPUT_FAILED: the copy cannot be written (${code}) [${place}]; check its place and rights, and the room on the disk\n`,
  });
  expect(archive('backup', 'file')).toEqual(refused('file', 'EEXIST'));
  expect(archive('backup', long)).toEqual(refused(long, 'SQLITE_CANTOPEN'));
});
