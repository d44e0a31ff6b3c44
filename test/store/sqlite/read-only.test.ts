import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, vi } from 'vitest';
import { openArchive } from '../../../src/store/sqlite/open-archive.ts';
import { archive, emptyArchive, imageOf, npmPackage, temporaryFolder } from '../archive-fixtures.ts';

// Starts a process for each case: rights do not keep the administrator out, so it runs as another user.
vi.setConfig({ testTimeout: 60_000 });

const CHILD = fileURLToPath(import.meta.resolve('./read-only-child.ts'));
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

function asReader(folder: string, task: string): string {
  const { stdout, stderr } = spawnSync(process.execPath, [CHILD, folder, task], { encoding: 'utf8', ...NOBODY });
  return stdout + stderr;
}

/** A folder that only its owner may write to, with one archived image. */
async function readOnlyFolder(): Promise<string> {
  const folder = temporaryFolder();
  const store = openArchive(folder, { create: true });
  await archive(store, imageOf('shop:1', [npmPackage('lodash', '4.17.10')]));
  store.close();
  chmodSync(join(folder, 'archive.sqlite'), 0o444);
  chmodSync(folder, 0o555);
  return folder;
}

it('answers a user who may only read, and leaves the file as it is', async () => {
  const folder = await readOnlyFolder();
  const before = readFileSync(join(folder, 'archive.sqlite'));
  expect(asReader(folder, 'read')).toBe('shop:1 []\n');
  expect(readFileSync(join(folder, 'archive.sqlite')).equals(before)).toBe(true);
  chmodSync(folder, 0o755);
});

it('reads what a writer at work has not yet copied from its log', async () => {
  const folder = temporaryFolder();
  const store = emptyArchive(folder);
  await archive(store, imageOf('shop:2', [npmPackage('lodash', '4.17.10')]));
  for (const file of ['', '-wal', '-shm']) chmodSync(join(folder, `archive.sqlite${file}`), 0o444);
  chmodSync(folder, 0o555);
  expect(asReader(folder, 'read')).toBe('shop:2 []\n');
  chmodSync(folder, 0o755);
});

it.each(['add', 'label', 'repair'])('%s says that this user may only read', async (task) => {
  const folder = await readOnlyFolder();
  expect(asReader(folder, task)).toBe('PLM_ARCHIVE_READ_ONLY: this user may only read the archive\n');
  chmodSync(folder, 0o755);
});
