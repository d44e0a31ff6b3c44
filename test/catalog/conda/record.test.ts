import { describe, expect, it } from 'vitest';
import { detectors } from '../../../src/catalog/conda/detector.ts';
import { packagesOf, problemsOf, runDetectors } from '../../support/detector-harness.ts';

const PATH = '/opt/conda/conda-meta/zlib-1.2.11-h90dfc92_1014.json';
const scan = (content: unknown, path = PATH) =>
  runDetectors(detectors, { [path]: typeof content === 'string' ? content : JSON.stringify(content) });
const digest = 'ab'.repeat(32);
const RECORD = {
  name: 'zlib',
  version: '1.2.11',
  build: 'h90dfc92_1014',
  channel: 'https://conda.anaconda.org/conda-forge/linux-64',
  subdir: 'linux-64',
  license: 'Zlib',
  depends: ['libzlib 1.2.11 h90dfc92_1014', 'python >=3.9'],
  sha256: digest,
};

describe('conda packages', () => {
  it('reads a record with its build, channel and needs', () => {
    expect(scan(RECORD)).toEqual([
      {
        kind: 'package',
        package: {
          type: 'conda',
          name: 'zlib',
          version: '1.2.11',
          licenses: ['Zlib'],
          qualifiers: { build: 'h90dfc92_1014', channel: 'conda-forge', subdir: 'linux-64' },
          dependsOn: ['libzlib', 'python'],
          hashes: [{ algorithm: 'sha256', value: digest }],
        },
      },
    ]);
  });

  for (const [channel, name] of [
    ['https://repo.anaconda.com/pkgs/main/linux-64', 'pkgs/main'],
    ['https://conda.anaconda.org/conda-forge/', 'conda-forge'],
    ['conda-forge', 'conda-forge'],
    ['https://example.org/t/secret-token/team/noarch', 'team'],
  ] as const) {
    it(`calls ${channel} ${name}`, () =>
      expect(packagesOf(scan({ ...RECORD, channel }))[0]?.qualifiers?.['channel']).toBe(name));
  }

  it('names the files it owns, with digests where the record has them', () => {
    const owner = { evidence: PATH };
    const named = { name: 'x', version: '1' };
    expect(scan({ ...named, files: ['lib/libz.so', '../../etc/passwd'] }).slice(1)).toEqual([
      { kind: 'owned-file', owner, path: '/opt/conda/lib/libz.so' },
    ]);
    const paths = [{ _path: 'bin/x', sha256: '00'.repeat(32), sha256_in_prefix: digest }, { _path: 'bin/y' }, 7];
    expect(scan({ ...named, paths_data: { paths } }).slice(1)).toEqual([
      { kind: 'owned-file', owner, path: '/opt/conda/bin/x', digest: { algorithm: 'sha256', value: digest } },
      { kind: 'owned-file', owner, path: '/opt/conda/bin/y' },
    ]);
  });

  for (const content of ['', '{', '[]', { name: 'x' }, { name: 7, version: '1' }]) {
    it(`says that a package is lost when its record is ${JSON.stringify(content)}`, () => {
      expect(problemsOf(scan(content))).toEqual([
        'PLM_FILE_UNREADABLE: no name and version in it: this conda package is not listed',
      ]);
    });
  }
});
