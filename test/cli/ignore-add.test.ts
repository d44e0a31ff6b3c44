import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runSources } from '../support/run-plimsoll.ts';

const cwd = mkdtempSync(join(tmpdir(), 'plimsoll-ignore-'));
afterAll(() => rmSync(cwd, { recursive: true }));

const RULE = ['ignore', 'add', '--id', 'CVE-2024-1', '--reason', 'not reached', '--owner', 'me@example.org'];

it('says that a rule which already ran out accepts nothing', () => {
  expect(runSources([...RULE, '--expires', '2020-01-31'], { cwd })).toEqual({
    status: 0,
    stdout: 'plimsoll-ignore.yaml: 1 rule\n',
    stderr: 'warning: the rule ran out on 2020-01-31: it accepts nothing\n',
  });
});

it('leaves the file as it is where a day is no date', () => {
  const before = readFileSync(join(cwd, 'plimsoll-ignore.yaml'), 'utf8');
  expect(runSources([...RULE, '--expires', 'soon'], { cwd }).stderr).toBe(
    'PLM_IGNORE_INVALID: rule plimsoll-ignore.yaml#2: expires "soon" is no date [plimsoll-ignore.yaml]; write YYYY-MM-DD\n',
  );
  expect(readFileSync(join(cwd, 'plimsoll-ignore.yaml'), 'utf8')).toBe(before);
});

it('appends a rule that lint accepts, and keeps comments', () => {
  writeFileSync(join(cwd, 'ours.yaml'), '# ours\nignores: []\n');
  expect(runSources([...RULE, '--file', 'ours.yaml', '--expires', '2999-01-01'], { cwd }).status).toBe(0);
  expect(readFileSync(join(cwd, 'ours.yaml'), 'utf8')).toMatch(/^# ours\n/);
  expect(runSources(['ignore', 'lint', 'ours.yaml'], { cwd })).toEqual({
    status: 0,
    stdout: 'warning: ours.yaml#1 holds for more than 180 days\nours.yaml: 1 rule, 1 warning\n',
    stderr: '',
  });
});

it('makes no file for a rule that it refuses', () => {
  const before = readdirSync(cwd);
  expect(runSources([...RULE, '--file', 'none.yaml', '--expires', 'soon'], { cwd }).status).toBe(2);
  expect(readdirSync(cwd)).toEqual(before);
});

it('refuses a rule that no secret rule and no image check is called by', () => {
  const call = ['ignore', 'add', '--reason', 'r', '--owner', 'o', '--expires', '2999-01-01', '--file', 'rules.yaml'];
  expect(runSources([...call, '--rule', 'aws-acess-key'], { cwd })).toEqual({
    status: 2,
    stdout: '',
    stderr:
      'PLM_USAGE: no secret rule and no image check is called "aws-acess-key"; plimsoll secrets --list-rules and docs/checks.md list them; --rules FILE reads your own secret rules\n',
  });
  writeFileSync(
    join(cwd, 'own.yaml'),
    'rules:\n  - {id: acme-key, title: Acme, severity: high, pattern: "acme_[a-z]{8}"}\n',
  );
  expect(runSources([...call, '--rule', 'acme-key', '--rules', 'own.yaml'], { cwd }).status).toBe(0);
  expect(runSources([...call, '--rule', 'CIS-DI-0001', '--until-fix'], { cwd }).stdout).toBe('rules.yaml: 2 rules\n');
  expect(readFileSync(join(cwd, 'rules.yaml'), 'utf8')).toMatch(/rule: CIS-DI-0001\n[^#]*untilFix: true\n$/);
  expect(runSources(['ignore', 'lint', 'rules.yaml', '--max-days', '999999'], { cwd }).stdout).toBe(
    'warning: rules.yaml#1 accepts nothing: no secret rule and no image check is called "acme-key"\nrules.yaml: 2 rules, 1 warning\n',
  );
});
