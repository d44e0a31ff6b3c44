import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE_CONFIG, sampleLayers } from '../../scripts/sample/contents.ts';
import { writeOciArchive } from '../../scripts/sample/oci-archive.ts';
import { isRecord, listField, parseJson, recordField } from '../../src/bytes/json.ts';
import { runPlimsoll } from '../support/run-plimsoll.ts';

let folder = '';
let image = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plimsoll-scan-'));
  image = join(folder, 'sample.oci.tar');
  writeFileSync(image, await writeOciArchive('harbour:1.4.0', sampleLayers(), SAMPLE_CONFIG));
});

afterAll(() => rmSync(folder, { recursive: true }));

function report(text: string) {
  const json = parseJson(text, 64);
  if (!isRecord(json)) throw new Error('no report');
  return json;
}

describe('plimsoll scan', () => {
  it('reports packages that only history holds', () => {
    const { stdout } = runPlimsoll(['scan', image, '--format', 'json']);
    const hidden = listField(report(stdout), 'packages')
      .filter(isRecord)
      .filter((entry) => entry['state'] !== 'present')
      .map((entry) => `${entry['id']} ${entry['state']} in ${entry['removedIn']}`);
    expect(hidden).toEqual([
      'pkg:deb/debian/gcc-12@12.2.0-14?arch=amd64 deleted in 6',
      'pkg:npm/lodash@4.17.15 overwritten in 7',
    ]);
  });

  it('finds the library inside the jar inside the jar', () => {
    const { stdout } = runPlimsoll(['scan', image, '--format', 'json']);
    const found = listField(report(stdout), 'packages')
      .filter(isRecord)
      .find((entry) => entry['name'] === 'log4j-core');
    expect(found?.['locations']).toMatchObject([
      { path: '/srv/app/harbour.jar!/BOOT-INF/lib/log4j-core-2.14.1.jar', layer: 3 },
    ]);
  });

  it('writes the same bytes for any number of threads, folder, time zone and language', () => {
    const runs = [
      runPlimsoll(['scan', image, '--format', 'json', '--workers', '0']),
      runPlimsoll(['scan', image, '--format', 'json', '--workers', '1']),
      runPlimsoll(['scan', image, '--format', 'json', '--workers', '2']),
      runPlimsoll(['scan', image, '--format', 'json', '--workers', '8']),
      runPlimsoll(['scan', image, '--format', 'json'], {
        cwd: folder,
        env: { TZ: 'Asia/Tokyo', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
      }),
    ];
    expect(runs).toEqual(runs.map(() => ({ ...runs[0], status: 0 })));
  });

  it('writes no value of a secret in any format', () => {
    const formats = [
      'json',
      'table',
      'cyclonedx-json',
      'spdx-json',
      'sarif',
      'html',
      'markdown',
      'csv',
      'junit',
      'gitlab',
    ];
    const secret = /^DEPLOY_TOKEN=(ghp_\w{36})$/.exec(SAMPLE_CONFIG.Env[1] ?? '')?.[1];
    if (secret === undefined) throw new Error('the sample has a token in its environment');
    const leaks = formats.filter((format) =>
      runPlimsoll(['scan', image, '--format', format, '--show-suppressed']).stdout.includes(secret),
    );
    expect(leaks).toEqual([]);
  });

  it('fails the gate with exit 1 after the report is written', () => {
    const file = join(folder, 'gate.json');
    const run = runPlimsoll(['scan', image, '--fail-on-secrets', 'proven', '-o', `json=${file}`]);
    expect(run.status).toBe(1);
    expect(recordField(report(readFileSync(file, 'utf8')), 'policy')?.['verdict']).toBe('fail');
    expect([run.stdout, run.stderr]).toEqual([
      '',
      'failed: gate fail-on-secrets: secrets at least proven (5 found, none allowed)\n',
    ]);
  });

  it('says on stderr that a gate held with a warning only, and that coverage can be asked for', () => {
    const gates = ['--fail-on', 'low', '--format', 'json'];
    const clean = ['--severity', 'critical', '--scanners', 'vuln'];
    const warned = runPlimsoll(['scan', image, ...gates]);
    const required = runPlimsoll(['scan', image, ...clean, '--require-coverage', '--format', 'json']);
    expect(warned.stderr.split('\n').filter((line) => line.startsWith('warning: gate'))).toEqual([
      'warning: gate starter-set: only the starter set of advisories was used',
      'warning: gate coverage: 8 of 19 packages could not be judged (no data for Debian GNU/Linux 12 (bookworm))',
    ]);
    expect(required.status).toBe(4);
  });

  it('leaves the table on stdout the only place where gates are named, and --quiet silent', () => {
    const table = runPlimsoll(['scan', image, '--fail-on-secrets', 'proven']);
    const quiet = runPlimsoll(['scan', image, '--fail-on-secrets', 'proven', '--format', 'json', '--quiet']);
    expect([table.status, table.stderr, quiet.status, quiet.stderr]).toEqual([1, '', 1, '']);
  });

  it('scans standard input and leaves nothing behind', () => {
    const temporary = join(folder, 'tmp');
    mkdirSync(temporary);
    const piped = runPlimsoll(['scan', '-', '--format', 'json'], {
      input: readFileSync(image),
      env: { TMPDIR: temporary },
    });
    expect(piped.status).toBe(0);
    expect(piped.stdout).toBe(runPlimsoll(['scan', image, '--format', 'json']).stdout);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('writes what needs no database before it ends with 4', () => {
    const empty = join(folder, 'no-database');
    mkdirSync(empty);
    const run = runPlimsoll(['scan', image, '--db', empty, '--format', 'json']);
    expect(run.status).toBe(4);
    expect(run.stderr).toContain('PLM_BUNDLE_MISSING');
    const { stdout } = runPlimsoll(['scan', image, '--format', 'json']);
    expect(listField(report(run.stdout), 'packages')).toEqual(listField(report(stdout), 'packages'));
  });

  it('says that only the starter set was used', () => {
    const problems = listField(report(runPlimsoll(['scan', image, '--format', 'json']).stdout), 'problems');
    expect(problems.filter(isRecord).map((problem) => problem['code'])).toContain('PLM_BUNDLE_STARTER');
  });

  it('opens no socket', () => {
    const guard = join(folder, 'no-socket.mjs');
    writeFileSync(
      guard,
      `import net from 'node:net'; import dns from 'node:dns';
       const refuse = () => { process.stderr.write('SOCKET'); process.exit(99); };
       net.Socket.prototype.connect = refuse; net.Server.prototype.listen = refuse; dns.lookup = refuse; dns.promises.lookup = refuse; globalThis.fetch = refuse;`,
    );
    const run = runPlimsoll(['scan', image, '--workers', '2'], { env: { NODE_OPTIONS: `--import=${guard}` } });
    expect([run.status, run.stderr.includes('SOCKET')]).toEqual([0, false]);
  });
});

describe('plimsoll scan of bad input', () => {
  it.each([
    ['nothing there', () => join(folder, 'absent.tar'), 'PLM_INPUT_NOT_FOUND'],
    ['an empty file', () => written('empty.tar', new Uint8Array(0)), 'PLM_INPUT_'],
    ['no archive', () => written('noise.tar', Buffer.from('this is no archive at all'.repeat(100))), 'PLM_INPUT_'],
    ['a truncated archive', () => written('cut.tar', readFileSync(image).subarray(0, 9000)), 'PLM_'],
    ['a folder that is no layout', () => folder, 'PLM_INPUT_'],
    ['a changed layer', () => written('changed.tar', changedLayer()), 'PLM_BLOB_DIGEST'],
  ])('refuses %s with one line', (_name, make, code) => {
    const path = make();
    const run = runPlimsoll(['scan', path]);
    expect(run.status).toBe(3);
    expect(run.stdout).toBe('');
    expect(run.stderr).toMatch(new RegExp(`^${code}[^\\n]*\\n$`));
    expect(run.stderr).toContain(path);
  });

  it.each([
    [['scan'], 'name one image'],
    [['scan', 'a', 'b'], 'name one image'],
    [['scan', 'a', '--format', 'nonsense'], 'no report format'],
    [['scan', 'a', '--fail-on', 'awful'], 'no severity'],
    [['scan', 'a', '--nonsense'], 'Unknown argument'],
    [['scan', 'a', '--scanners', 'luck'], 'no scanner'],
    [['scan', 'a', '--scanners', 'secret', '--fail-on', 'high'], '--fail-on needs advisories'],
    [['scan', 'a', '--scanners', 'vuln', '--fail-on-secrets', 'proven'], '--fail-on-secrets needs secrets'],
    [['scan', 'a', '--scanners', 'vuln', '--fail-on-checks', 'high'], '--fail-on-checks needs image checks'],
    [['scan', 'a', '--scanners', 'file', '--known-bad', 'b'], '--known-bad needs image checks'],
    [['scan', 'a', '--scanners', 'config', '--verify-files'], '--verify-files needs files'],
    [['scan', 'a', '--platform', 'linux'], 'no platform'],
    [['scan', 'a', '--limit', 'luck=1'], 'no limit'],
    [['sail'], 'no command'],
  ])('ends %j with exit 2', (args, message) => {
    const run = runPlimsoll(args);
    expect(run.status).toBe(2);
    expect(run.stderr).toContain(message);
    expect(run.stderr).not.toContain('\n    at ');
  });
});

function written(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** The sample with one byte of its largest layer turned over. */
function changedLayer(): Uint8Array {
  const bytes = Buffer.from(readFileSync(image));
  const gzip = bytes.indexOf(Buffer.from([0x1f, 0x8b, 0x08]));
  bytes[gzip + 40] = (bytes[gzip + 40] ?? 0) ^ 0xff;
  return bytes;
}
