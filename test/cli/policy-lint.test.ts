import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ROOT, runPlimsoll } from '../support/run-plimsoll.ts';

const cwd = mkdtempSync(join(tmpdir(), 'plimsoll-policy-'));
afterAll(() => rmSync(cwd, { recursive: true }));

it('accepts the example', () => {
  expect(runPlimsoll(['policy', 'lint', join(ROOT, 'examples', 'policy.yaml')], { cwd })).toMatchObject({ status: 0 });
});

it('refuses a condition of another subject', () => {
  writeFileSync(join(cwd, 'p.yaml'), 'version: 1\ngates:\n  - {id: g, on: secret, when: {fix: none}}\n');
  expect(runPlimsoll(['policy', 'lint', 'p.yaml'], { cwd })).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/^PLM_POLICY_INVALID: /),
  });
});
