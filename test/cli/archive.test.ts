import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ProgramRun, runSources } from '../support/run-plimsoll.ts';

let folder = '';

function plimsoll(...args: readonly string[]): ProgramRun {
  return runSources(args, { cwd: folder, env: { XDG_DATA_HOME: folder } });
}

function json(...args: readonly string[]): unknown {
  const { status, stdout, stderr } = plimsoll(...args, '--format', 'json');
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'plimsoll-cli-'));
  const place = join(folder, 'app', 'node_modules', 'left-pad');
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'package.json'), JSON.stringify({ name: 'left-pad', version: '1.3.0', license: 'WTFPL' }));
  const { status, stderr } = plimsoll(
    'archive',
    'add',
    'dir:app',
    '--archive',
    'archive',
    '--label',
    'team=a',
    '--name',
    'shop:1',
    '--quiet',
  );
  if (status !== 0) throw new Error(stderr);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('plimsoll archive', () => {
  it('lists what was added with its name and labels', () => {
    expect(json('archive', 'list', '--archive', 'archive')).toMatchObject({
      images: [{ ref: 'shop:1', labels: { team: 'a' } }],
    });
  });

  it('finds packages by a version condition', () => {
    expect(json('archive', 'search', 'left-pad < 1.3.1', '--archive', 'archive')).toMatchObject({
      hits: [{ ref: 'shop:1', version: '1.3.0', state: 'present' }],
    });
    expect(json('archive', 'search', 'left-pad', '<', '1.3.0', '--archive', 'archive')).toEqual({
      schemaVersion: 1,
      hits: [],
    });
  });

  it('says so where nothing is found', () => {
    expect(plimsoll('archive', 'search', `sha256:${'0'.repeat(64)}`, '--archive', 'archive')).toEqual({
      status: 0,
      stdout: '',
      stderr: 'no archived image has it\n',
    });
  });

  it('finds an image by the key that list tells', () => {
    const [, key = ''] =
      /"key": "([^"]+)"/.exec(plimsoll('archive', 'list', '--format', 'json', '--archive', 'archive').stdout) ?? [];
    expect(plimsoll('archive', 'search', key, '--archive', 'archive').stdout).toBe(`shop:1  ${key}\n`);
  });

  it('tag and retire say what they did; history has no spaces at the end of a line', () => {
    const told = [
      ['tag', 'shop:1', 'deployed=yes', 'gone='],
      ['retire', 'shop:1'],
      ['retire', 'shop:1'],
      ['retire', 'shop:1', '--restore'],
    ].map((words) => plimsoll('archive', ...words, '--archive', 'archive'));
    expect(told).toEqual(
      ['deployed=yes, without gone', 'retired', 'was retired already', 'reported again'].map((text) => ({
        status: 0,
        stdout: '',
        stderr: `shop:1: ${text}\n`,
      })),
    );
    const lines = plimsoll('archive', 'history', 'shop:1', '--archive', 'archive').stdout.split('\n');
    expect([lines.length, lines.filter((line) => line.endsWith(' '))]).toEqual([5, []]);
  });

  it('tag and retire tell the image as JSON', () => {
    const told = [
      ['tag', 'shop:1', 'team=payments'],
      ['retire', 'shop:1'],
      ['retire', 'shop:1'],
      ['retire', 'shop:1', '--restore'],
      ['tag', 'shop:1', 'team='],
    ].map((words) => {
      const { stdout } = plimsoll('archive', ...words, '--format', 'json', '--archive', 'archive');
      const { schemaVersion, ref, labels, retiredAt, changed } = JSON.parse(stdout);
      return [schemaVersion, ref, labels.team, retiredAt !== undefined, changed];
    });
    expect(told).toEqual([
      [1, 'shop:1', 'payments', false, undefined],
      [1, 'shop:1', 'payments', true, true],
      [1, 'shop:1', 'payments', true, false],
      [1, 'shop:1', 'payments', false, true],
      [1, 'shop:1', undefined, false, undefined],
    ]);
  });

  it('lists an SBOM with the version of its subject', () => {
    const subject = { type: 'container', name: 'till', version: '2.1' };
    const sbom = { bomFormat: 'CycloneDX', specVersion: '1.5', metadata: { component: subject }, components: [] };
    writeFileSync(join(folder, 'till.json'), JSON.stringify(sbom));
    plimsoll('archive', 'add', 'sbom:till.json', '--archive', 'sboms', '--quiet');
    expect(plimsoll('archive', 'list', '--archive', 'sboms')).toMatchObject({
      stdout: expect.stringMatching(/^till:2\.1 {2}/),
      stderr: '1 image\n',
    });
  });

  it('prune lists without removing until told to', () => {
    expect(json('archive', 'prune', '--keep-last', '0', '--archive', 'archive')).toMatchObject({
      removed: false,
      images: [{ ref: 'shop:1' }],
    });
    expect(json('archive', 'list', '--archive', 'archive')).toMatchObject({ images: [{ ref: 'shop:1' }] });
  });

  for (const [name, args, status, code] of [
    ['no archive', ['archive', 'list', '--archive', 'nowhere'], 3, 'PLM_ARCHIVE_NOT_FOUND'],
    ['no such image', ['archive', 'show', 'other', '--archive', 'archive'], 2, 'PLM_NOT_FOUND'],
    ['a broken label', ['archive', 'tag', 'shop:1', '=x', '--archive', 'archive'], 2, 'PLM_USAGE'],
    ['a quiet re-match', ['archive', 'rematch', '--quiet', '--archive', 'nowhere'], 3, 'PLM_ARCHIVE_NOT_FOUND'],
    ['a quiet export', ['archive', 'export', 'other', '--quiet', '--archive', 'archive'], 2, 'PLM_NOT_FOUND'],
    ['a severity that is none', ['archive', 'rematch', '--exit-on', 'x', '--archive', 'archive'], 2, 'PLM_USAGE'],
    ['prune without a rule', ['archive', 'prune', '--archive', 'archive'], 2, 'PLM_USAGE'],
    ['a time that is none', ['archive', 'affected', '--since', 'soon', '--archive', 'archive'], 2, 'PLM_USAGE'],
  ] as const) {
    it(`${name}: exit ${status} with ${code}`, () => {
      const run = plimsoll(...args);
      expect([run.status, run.stderr.split(':')[0], run.stdout]).toEqual([status, code, '']);
    });
  }
});
