import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runPlimsoll } from '../support/run-plimsoll.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bases-'));
afterAll(() => rmSync(folder, { recursive: true }));
const bases = join(folder, 'bases.json');
writeFileSync(bases, '{"version":1,"bases":[]}');

it('an empty catalogue of base images is told as such', () => {
  expect(runPlimsoll(['base', 'list', '--bases', bases])).toEqual({
    status: 0,
    stdout: '',
    stderr: 'no base image is known: plimsoll base add IMAGE adds one\n',
  });
});

it('an empty catalogue is an empty list as JSON', () => {
  const { stdout, stderr } = runPlimsoll(['base', 'list', '--bases', bases, '--format', 'json']);
  expect([JSON.parse(stdout), stderr]).toEqual([{ schemaVersion: 1, bases: [] }, '']);
});
