import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openBundleFile, readRootFile, readStarterRoot } from '../../src/bundle/open-bundle.ts';
import { NODE_FILE_SYSTEM } from '../../src/bundle/store/file-system.ts';
import { verifyBundle } from '../../src/bundle/verify-bundle.ts';
import { PlimsollError } from '../../src/errors.ts';
import { ROOT } from '../support/run-plimsoll.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-plb-'));
afterAll(() => rmSync(folder, { recursive: true }));

const trusted = readStarterRoot();
const starter = readFileSync(join(ROOT, 'db-bundles', 'starter.plb'));
const COPY_AGAIN = 'it was damaged on the way: copy it again and compare its size';

it.each([
  ['nothing', new Uint8Array(0), 'PLM_BUNDLE_TRUNCATED: the file is empty', COPY_AGAIN],
  ['one byte', starter.subarray(0, 1), 'PLM_BUNDLE_TRUNCATED: the file has 1 byte: too few for a bundle', COPY_AGAIN],
  [
    'something else',
    Buffer.alloc(5000, 'x'),
    'PLM_BUNDLE_FORMAT: this is no advisory bundle',
    'plimsoll db build writes such files',
  ],
  [
    'one byte too many',
    Buffer.concat([starter, Buffer.from('x')]),
    'PLM_BUNDLE_TRAILING: 1 byte after the end of the bundle',
    COPY_AGAIN,
  ],
])('names the file and what to do where it holds %s', (_name, bytes, message, hint) => {
  const file = join(folder, 'a.plb');
  writeFileSync(file, bytes);
  const runs = [
    () => openBundleFile(file, trusted, { now: 0 }),
    () => verifyBundle({ fs: NODE_FILE_SYSTEM, file, trusted, now: 0 }),
  ];
  expect(runs.map(refusal)).toEqual([
    [message, file, hint],
    [message, file, hint],
  ]);
});

it('names a root file that is none', () => {
  const file = join(folder, 'root.json');
  writeFileSync(file, '{}');
  expect(refusal(() => readRootFile(file))).toEqual([
    'PLM_TRUST_ROOT: this is no root file: the document: roots is missing',
    file,
    'take the root.json that the publisher of the bundles gave out',
  ]);
});

function refusal(run: () => unknown): readonly unknown[] {
  try {
    run();
  } catch (error) {
    if (error instanceof PlimsollError) return [`${error.code}: ${error.message}`, error.path, error.hint];
    throw error;
  }
  return ['read'];
}
