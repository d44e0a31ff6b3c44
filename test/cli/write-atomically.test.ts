import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { writeAtomically } from '../../src/cli/write-outputs.ts';
import { PlimsollError } from '../../src/errors.ts';

it('a failure of what is written keeps its code, and leaves no file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-write-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const damage = new PlimsollError('PLM_ARCHIVE_DAMAGED', 'a text is not what was written');
  const written = writeAtomically(join(folder, 'night.json'), (sink) => {
    sink.write('{');
    throw damage;
  });
  await expect(written).rejects.toBe(damage);
  expect(readdirSync(folder)).toEqual([]);
});
