import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runPlimsoll } from '../support/run-plimsoll.ts';

const cwd = mkdtempSync(join(tmpdir(), 'plimsoll-ignore-'));
afterAll(() => rmSync(cwd, { recursive: true }));

const RULE = ['ignore', 'add', '--id', 'CVE-2024-1', '--reason', 'not reached', '--owner', 'me@example.org'];

it('says that a rule which already ran out accepts nothing', () => {
  expect(runPlimsoll([...RULE, '--expires', '2020-01-31'], { cwd })).toEqual({
    code: 0,
    stdout: 'plimsoll-ignore.yaml: 1 rule\n',
    stderr: 'warning: the rule ran out on 2020-01-31: it accepts nothing\n',
  });
});

it('leaves the file as it is where a day is no date', () => {
  const before = readFileSync(join(cwd, 'plimsoll-ignore.yaml'), 'utf8');
  expect(runPlimsoll([...RULE, '--expires', 'soon'], { cwd }).stderr).toBe(
    'PLM_IGNORE_INVALID: rule plimsoll-ignore.yaml#2: expires "soon" is no date [plimsoll-ignore.yaml]; write YYYY-MM-DD\n',
  );
  expect(readFileSync(join(cwd, 'plimsoll-ignore.yaml'), 'utf8')).toBe(before);
});
