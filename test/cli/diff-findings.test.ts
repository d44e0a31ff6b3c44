import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImageDiff } from '../../src/model/image-diff.ts';
import { ROOT } from '../support/run-plimsoll.ts';
import { type NightScene, nightScene } from './archive/night-scene.ts';

let scene: NightScene;

const FLAWS = [
  { id: 'GHSA-old', name: 'left', aliases: ['CVE-2026-1'] },
  { id: 'GHSA-new', name: 'come', aliases: ['CVE-2026-2'] },
  { id: 'GHSA-kept', name: 'kept', aliases: ['CVE-2026-3'] },
];

beforeAll(() => {
  scene = nightScene();
  scene.importBundle(1, FLAWS);
  scene.fileSystem('v1', ['left', 'kept']);
  scene.fileSystem('v2', ['come', 'kept']);
  writeFileSync(join(scene.folder, 'v2', 'app.env'), `POSTGRES_PASSWORD=${'kT9'.repeat(2)}wq8LmZ2x\n`);
  for (const name of ['v1', 'v2']) scene.plimsoll('scan', `dir:${name}`, '--db', 'db', '-o', `json=${name}.json`);
  const { publicKey } = generateKeyPairSync('ed25519');
  writeFileSync(join(scene.folder, 'key.pub'), publicKey.export({ format: 'pem', type: 'spki' }));
  writeFileSync(join(scene.folder, 'ignores.txt'), 'CVE-2026-2\n');
}, 60_000);

afterAll(() => scene.remove());

const validate = new Ajv2020({ allErrors: true }).compile<ImageDiff>(
  JSON.parse(readFileSync(join(ROOT, 'schema', 'diff-1.schema.json'), 'utf8')),
);

function diffOf(text: string): ImageDiff {
  const diff: unknown = JSON.parse(text);
  if (validate(diff)) return diff;
  throw new Error(JSON.stringify(validate.errors));
}

/** The lists of vulnerabilities by id, and how many did not change; undefined where they were not compared. */
function told({ vulnerabilities }: ImageDiff): unknown {
  if (vulnerabilities === undefined) return undefined;
  const { unchanged, ...lists } = vulnerabilities;
  const [added, fixed] = [lists.new, lists.fixed].map((rows) => rows.map(({ id }) => id));
  return { new: added, fixed, unchanged };
}

function diff(...args: readonly string[]): ImageDiff {
  return diffOf(scene.plimsoll('diff', ...args, '--format', 'json').stdout);
}

const EXPECTED = { new: ['CVE-2026-2'], fixed: ['CVE-2026-1'], unchanged: 1 };

describe('plimsoll diff', () => {
  it('tells what the second image fixes and brings in', () => {
    expect(told(diff('dir:v1', 'dir:v2', '--db', 'db'))).toEqual(EXPECTED);
  });

  it.each([
    ['report:v1.json', 'dir:v2', '--db', 'db'],
    ['dir:v1', 'report:v2.json', '--db', 'db'],
    ['report:v1.json', 'report:v2.json'],
  ])('takes reports in the place of images: %s %s', (...args) => {
    const result = diff(...args);
    expect([told(result), result.notCompared]).toEqual([
      EXPECTED,
      [{ part: 'configuration', why: 'a folder has none on either side' }, expect.objectContaining({ part: 'files' })],
    ]);
  });

  it('matches a report anew: an advisory that came in between is no difference', () => {
    scene.importBundle(2, [...FLAWS, { id: 'GHSA-later', name: 'kept', aliases: ['CVE-2026-4'] }]);
    expect(told(diff('report:v1.json', 'dir:v2', '--db', 'db'))).toEqual({ ...EXPECTED, unchanged: 2 });
    scene.plimsoll('scan', 'dir:v2', '--db', 'db', '-o', 'json=later.json');
    const asWritten = scene.plimsoll('diff', 'report:v1.json', 'report:later.json');
    expect(asWritten.stdout).toContain(
      'Mind  The reports were matched with different databases (main 1 and main 2):\n' +
        '      differences may come from there. --db matches both anew.\n',
    );
    expect(told(diff('report:v1.json', 'report:later.json', '--db', 'db'))).toEqual({ ...EXPECTED, unchanged: 2 });
  }, 60_000);

  it.each([
    ['dir:v1 dir:v2', 0],
    ['dir:v1 dir:v2 --fail-on-new high', 1],
    ['dir:v1 dir:v2 --fail-on-new critical', 0],
    ['dir:v1 dir:v2 --fail-on-new high --ignorefile ignores.txt', 0],
    ['dir:v2 dir:v1 --fail-on-new high --ignorefile ignores.txt', 1],
    ['dir:v2 dir:v2 --fail-on-new unknown --exit-code', 0],
    ['dir:v1 dir:v2 --fail-on-new high --scanners secret', 2],
    ['dir:v1 dir:v2 --fail-on-new-secrets generic', 1],
    ['dir:v1 dir:v2 --fail-on-new-secrets generic --scanners vuln', 2],
    ['dir:v1 dir:v2 --fail-on-new severe', 2],
    ['dir:v1 --layers 0:0 --fail-on-new high', 2],
    ['report:v1.json --layers 0:0', 2],
  ])('%s ends with %d', (words, status) => {
    const run = scene.plimsoll('diff', ...words.split(' '), '--db', 'db');
    expect([run.status, run.stderr.includes('PLM_DEFECT')]).toEqual([status, false]);
  });

  it('compares the rest where there is no database, and ends with 4', () => {
    const { status, stdout, stderr } = scene.plimsoll(
      ...['diff', 'dir:v1', 'dir:v2', '--db', 'nowhere', '--format', 'json', '--fail-on-new', 'high'],
    );
    const result = diffOf(stdout);
    expect([status, /^PLM_\w+/.exec(stderr)?.[0], told(result), result.packages?.length]).toEqual([
      4,
      'PLM_BUNDLE_MISSING',
      undefined,
      2,
    ]);
    expect(result.notCompared).toContainEqual({
      part: 'vulnerabilities',
      why: 'no advisory database was used on either side',
    });
  });

  it('names the gate that failed on stderr where files alone are written', () => {
    const outputs = ['-o', 'markdown=comment.md', '-o', 'json=diff.json', '--fail-on-new', 'high'];
    const run = scene.plimsoll('diff', 'dir:v1', 'dir:v2', '--db', 'db', ...outputs);
    expect({ ...run, stderr: run.stderr.replace(/^warning: source .*\n/, '') }).toEqual({
      status: 1,
      stdout: '',
      stderr:
        'failed: gate fail-on-new: new, severity high or worse (1 found, 1 of them of unknown severity, none allowed)\n',
    });
    expect(['comment.md', 'diff.json'].map((name) => existsSync(join(scene.folder, name)))).toEqual([true, true]);
  });

  it('tells how a report is named where one stands in the place of an image', () => {
    expect(scene.plimsoll('diff', 'v1.json', 'dir:v2').stderr).toBe(
      'PLM_INPUT_UNKNOWN: neither a tar archive nor anything else that holds an image [v1.json]; give what scan takes, or report:PATH for a JSON report of scan\n',
    );
  });

  it('refuses a report where signed images are demanded, and what is no report', () => {
    const runs = [['--image-key', 'key.pub'], []].map((more) =>
      scene.plimsoll('diff', 'report:ignores.txt', 'dir:v2', ...more),
    );
    expect(runs.map(({ status, stderr }) => [status, /^PLM_\w+/.exec(stderr)?.[0]])).toEqual([
      [5, 'PLM_IMAGE_UNSIGNED'],
      [3, 'PLM_REPORT_INVALID'],
    ]);
  });
});
