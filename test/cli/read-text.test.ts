import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readText } from '../../src/cli/read-text.ts';
import { readSettings } from '../../src/cli/settings.ts';
import { PlimsollError } from '../../src/errors.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-text-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a refusal says: message, path below the folder, hint. */
function refusal(run: () => unknown): readonly unknown[] {
  try {
    run();
  } catch (error) {
    if (error instanceof PlimsollError) return [error.message, error.path?.slice(folder.length), error.hint];
    throw error;
  }
  return ['read'];
}

function path(name: string): string {
  return join(folder, name);
}

it('names a file that is not there', () =>
  expect(refusal(() => readText(path('none.json'), 'PLM_REPORT_INVALID'))).toEqual([
    'there is no such report',
    '/none.json',
    'write one with: plimsoll scan IMAGE -o json=FILE, or archive export',
  ]));

it('names a folder', () => {
  mkdirSync(path('folder'));
  expect(refusal(() => readText(path('folder'), 'PLM_VEX_INVALID'))).toEqual([
    'a folder is no VEX file',
    '/folder',
    'OpenVEX, CSAF and CycloneDX are read',
  ]);
});

it('names a file that is too large', () => {
  writeFileSync(path('large'), 'abc');
  expect(refusal(() => readText(path('large'), 'PLM_POLICY_INVALID', 2))).toEqual([
    'the policy file has 3 bytes, 2 are read',
    '/large',
    'docs/policy.md shows how one is written',
  ]);
});

it('tells a settings file that is not there from one that is no YAML, and from one that is no map', () => {
  writeFileSync(path('broken.yaml'), 'fail-on: [high\n');
  writeFileSync(path('list.yaml'), '- fail-on\n');
  const settings = (name: string): readonly unknown[] => refusal(() => readSettings(path(name), {})).slice(0, 2);
  expect([settings('none.yaml'), settings('broken.yaml'), settings('list.yaml')]).toEqual([
    ['there is no such settings file', '/none.yaml'],
    [
      'the settings file cannot be read as YAML: Flow sequence in block collection must be sufficiently indented and end with a ] at line 2, column 1:',
      '/broken.yaml',
    ],
    ['the settings file is no map of option names', '/list.yaml'],
  ]);
});
