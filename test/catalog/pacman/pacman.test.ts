import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { detectors } from '../../../src/catalog/pacman/detector.ts';
import { packagesOf, problemsOf, runDetectors, runLayers } from '../../support/detector-harness.ts';

const FOLDER = '/var/lib/pacman/local/gmp-6.3.0-2';
const DESC =
  '%NAME%\ngmp\n\n%VERSION%\n6.3.0-2\n\n%BASE%\ngmp-base\n\n%URL%\nhttps://gmplib.org/\n\n%ARCH%\nx86_64\n\n%PACKAGER%\nA <a@archlinux.org>\n\n%LICENSE%\nLGPL-3.0-only\nMIT\n\n%DEPENDS%\ngcc-libs>=13\nsh\nlibc.so=6-64\n\n%PROVIDES%\nlibgmp.so=10-64\n';

describe('pacman local database', () => {
  it('reads a package and the files it owns', () => {
    const sha256 = 'ab'.repeat(32);
    const mtree = `#mtree\n/set type=file\n./.BUILDINFO time=1 sha256digest=${sha256}\n./usr time=1 type=dir\n./usr/a\\040b time=1 size=2 md5digest=x sha256digest=${sha256}\n`;
    const tree = {
      [`${FOLDER}/desc`]: DESC,
      [`${FOLDER}/files`]: '%FILES%\nusr/\nusr/lib/\nusr/lib/libgmp.so\n\n%BACKUP%\nopt/x\tabc\n',
      [`${FOLDER}/mtree`]: gzipSync(mtree),
    };
    const owner = { evidence: `${FOLDER}/desc` };
    expect(runDetectors(detectors, tree)).toEqual([
      {
        kind: 'package',
        package: {
          type: 'alpm',
          ofDistro: true,
          name: 'gmp',
          version: '6.3.0-2',
          arch: 'x86_64',
          source: { name: 'gmp-base', version: '6.3.0-2' },
          licenses: ['LGPL-3.0-only', 'MIT'],
          dependsOn: ['gcc-libs', 'sh', 'libc.so'],
          provides: ['libgmp.so'],
          properties: { maintainer: 'A <a@archlinux.org>', homepage: 'https://gmplib.org/' },
        },
      },
      { kind: 'owned-file', owner, path: '/usr/lib/libgmp.so' },
      { kind: 'owned-file', owner, path: '/opt/x', digest: { algorithm: 'md5', value: 'abc', mayChange: true } },
      { kind: 'owned-file', owner, path: '/usr/a b', digest: { algorithm: 'sha256', value: sha256 } },
    ]);
  });

  it.each([
    ['empty', ''],
    ['truncated before the version', DESC.slice(0, 20)],
    ['binary', '\u0000%NAME%\n\u0001'],
  ])('says which package is missing when desc is %s', (_, text) => {
    expect(problemsOf(runDetectors(detectors, { [`${FOLDER}/desc`]: text }))).toEqual([
      'PLM_DATABASE_DAMAGED: no name or version: this package is missing',
    ]);
  });

  it('reads the database where images with a read-only system keep it', () => {
    const path = '/usr/lib/sysimage/lib/pacman/local/gmp-6.3.0-2/desc';
    expect(packagesOf(runDetectors(detectors, { [path]: DESC })).map(({ name }) => name)).toEqual(['gmp']);
  });

  it('does not unpack a bomb of an mtree', () => {
    const bomb = gzipSync(Buffer.alloc(5_000_000));
    expect(() =>
      runDetectors(detectors, { [`${FOLDER}/mtree`]: bomb }, { limits: { capturedFileBytes: 1000 } }),
    ).toThrow(/larger than/);
  });

  it('states the package as of each layer', () => {
    const [desc] = detectors;
    if (desc === undefined) throw new Error('no detector');
    const next = '/var/lib/pacman/local/gmp-7-1/desc';
    const layers = runLayers(desc, [
      { [`${FOLDER}/desc`]: DESC },
      { [`${FOLDER}/desc`]: null, [next]: '%NAME%\ngmp\n\n%VERSION%\n7-1' },
      { [next]: null },
    ]);
    expect(layers.map((layer) => packagesOf(layer).map((one) => one.version))).toEqual([['6.3.0-2'], ['7-1'], []]);
  });
});
