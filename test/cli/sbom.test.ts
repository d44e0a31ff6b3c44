import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE_CONFIG, sampleLayers } from '../../scripts/sample/contents.ts';
import { writeOciArchive } from '../../scripts/sample/oci-archive.ts';
import { DEFAULT_LIMITS } from '../../src/limits.ts';
import { formatIds } from '../../src/report/load-format.ts';
import { readSbom } from '../../src/report/read-sbom/read-sbom.ts';
import { runPlimsoll } from '../support/run-plimsoll.ts';

let folder = '';
let image = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plimsoll-sbom-'));
  image = join(folder, 'sample.oci.tar');
  writeFileSync(image, await writeOciArchive('harbour:1.4.0', sampleLayers(), SAMPLE_CONFIG));
});

afterAll(() => rmSync(folder, { recursive: true }));

const read = (name: string) => readSbom(readFileSync(join(folder, name)), DEFAULT_LIMITS);

describe('plimsoll sbom', () => {
  it('writes many formats at once, and converts without losing a package', () => {
    const formats = ['cyclonedx-json@1.5', 'cyclonedx-xml', 'spdx-json', 'spdx-tag-value', 'spdx3-json'];
    const outputs = formats.flatMap((format) => ['-o', `${format}=${join(folder, `a.${format}`)}`]);
    expect(runPlimsoll(['sbom', image, ...outputs])).toEqual({ status: 0, stdout: '', stderr: '' });
    const { packages } = read('a.cyclonedx-xml');
    expect(packages.map(({ purl }) => purl)).toContain('pkg:npm/lodash@4.17.21');
    for (const from of formats) {
      const converted = join(folder, 'converted.json');
      expect(runPlimsoll(['sbom', `sbom:${join(folder, `a.${from}`)}`, '-o', `spdx-json=${converted}`]).status).toBe(0);
      expect(read('converted.json').packages, from).toEqual(packages);
    }
  });

  it('leaves packages of history out with --no-history', () => {
    const file = join(folder, 'present.json');
    expect(runPlimsoll(['sbom', image, '--no-history', '-o', `cyclonedx-json=${file}`]).status).toBe(0);
    expect(read('present.json').packages.filter((item) => item.state !== 'present')).toEqual([]);
  });

  it('writes every format as the same bytes in any time zone and language', () => {
    const formats = formatIds().filter((format) => format !== 'template');
    const run = (prefix: string, env: Readonly<Record<string, string>>) =>
      runPlimsoll(
        ['scan', image, ...formats.flatMap((format) => ['-o', `${format}=${join(folder, `${prefix}.${format}`)}`])],
        { env },
      );
    expect(run('one', { TZ: 'UTC' }).stderr).toBe(
      run('two', { TZ: 'Asia/Tokyo', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' }).stderr,
    );
    for (const format of formats) {
      expect(readFileSync(join(folder, `two.${format}`), 'utf8'), format).toBe(
        readFileSync(join(folder, `one.${format}`), 'utf8'),
      );
    }
  });

  it('signs statements with a release key, and reads them back with the signature unchecked', () => {
    const keys = join(folder, 'keys');
    expect(runPlimsoll(['trust', 'generate', '--out', keys, '--no-passphrase']).status).toBe(0);
    const file = join(folder, 'signed.json');
    const bare = join(folder, 'bare.json');
    const key = join(keys, 'release-1.key');
    const outputs = ['-o', `intoto-cyclonedx=${file}`, '-o', `cyclonedx-json=${bare}`];
    expect(runPlimsoll(['sbom', image, ...outputs, '--sign-key', key])).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(Object.keys(JSON.parse(readFileSync(file, 'utf8')))).toEqual(['payloadType', 'payload', 'signatures']);
    expect(read('signed.json').packages).toEqual(read('bare.json').packages);
    expect(read('signed.json').problems.map(({ code }) => code)).toContain('PLM_SBOM_SIGNATURE');
    expect(runPlimsoll(['sbom', image, '-o', `spdx-json=${bare}`, '--sign-key', key])).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^PLM_USAGE: --sign-key signs in-toto statements, and none is written/),
    });
    expect(runPlimsoll(['sbom', image, '-o', `intoto-spdx=${bare}`, '--sign-key', image])).toMatchObject({
      stderr: expect.stringMatching(/^PLM_TRUST_KEY: /),
    });
  });

  it.each([
    ['an unknown format', () => ['sbom', image, '--format', 'xls'], 2, /^PLM_USAGE: no report format is called "xls"/],
    ['an SBOM that is not there', () => ['sbom', 'sbom:/no/such.json'], 3, /^PLM_INPUT_NOT_FOUND: /],
    ['a file that is no SBOM', () => ['sbom', `sbom:${image}`], 3, /^PLM_SBOM_INVALID: /],
    ['a device', () => ['sbom', 'sbom:/dev/zero'], 3, /^PLM_SBOM_INVALID: /],
    [
      'a folder that is not there',
      () => ['sbom', image, '-o', `spdx-json=${join(folder, 'no', 'a.json')}`],
      2,
      /^PLM_OUTPUT_FAILED: /,
    ],
  ])('refuses %s in one line', (_, args, status, message) => {
    const run = runPlimsoll(args());
    expect(run).toMatchObject({ status, stdout: '', stderr: expect.stringMatching(message) });
    expect(run.stderr.indexOf('\n')).toBe(run.stderr.length - 1);
  });

  it('leaves no part of a report that could not be written', () => {
    const file = join(folder, 'broken.txt');
    const template = join(folder, 'broken.mustache');
    writeFileSync(template, '{{#open}}');
    expect(runPlimsoll(['sbom', image, '--template', template, '-o', `template=${file}`])).toMatchObject({ status: 2 });
    expect(existsSync(file)).toBe(false);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});
