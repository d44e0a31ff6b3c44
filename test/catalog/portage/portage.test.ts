import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectors } from '../../../src/catalog/portage/detector.ts';
import { parseContents, splitVersion } from '../../../src/catalog/portage/parse-contents.ts';
import { packagesOf, problemsOf, runDetectors, runLayers } from '../../support/detector-harness.ts';

const FOLDER = '/var/db/pkg/app-containers/skopeo-1.5.1-r2';
const MD5 = 'd41d8cd98f00b204e9800998ecf8427e';

describe('Portage installed packages', () => {
  it('reads a package, its small files and its contents', () => {
    const tree = {
      [`${FOLDER}/CONTENTS`]: `dir /usr\ndir /usr/bin\nobj /usr/bin/sko peo ${MD5} 1649284066\nsym /usr/bin/s -> skopeo 1649284066\nfif /run/x\n`,
      [`${FOLDER}/LICENSE`]: 'Apache-2.0\n',
      [`${FOLDER}/SLOT`]: '0\n',
      [`${FOLDER}/RDEPEND`]: '>=app-crypt/gpgme-1.5.5:= dev-libs/libassuan !!x/y ssl? ( dev-libs/openssl:0/3 )\n',
    };
    expect(runDetectors(detectors, tree)).toEqual([
      {
        kind: 'package',
        package: {
          type: 'ebuild',
          namespace: 'app-containers',
          name: 'skopeo',
          version: '1.5.1-r2',
          licenses: ['Apache-2.0'],
          dependsOn: ['app-crypt/gpgme', 'dev-libs/libassuan', 'dev-libs/openssl'],
          properties: { slot: '0' },
        },
      },
      {
        kind: 'owned-file',
        owner: { evidence: `${FOLDER}/CONTENTS` },
        path: '/usr/bin/sko peo',
        digest: { algorithm: 'md5', value: MD5 },
      },
      { kind: 'owned-file', owner: { evidence: `${FOLDER}/CONTENTS` }, path: '/usr/bin/s' },
    ]);
  });

  it('takes an empty list for a package without files, as virtual ones are', () => {
    const found = runDetectors(detectors, { '/var/db/pkg/virtual/libc-1-r1/CONTENTS': '' });
    expect(packagesOf(found)).toEqual([{ type: 'ebuild', namespace: 'virtual', name: 'libc', version: '1-r1' }]);
  });

  it('says so where the folder names no version', () => {
    expect(problemsOf(runDetectors(detectors, { '/var/db/pkg/a/-MERGING-b/CONTENTS': '' }))).toEqual([
      'PLM_DATABASE_DAMAGED: the folder is not named after a package and its version: this package is missing',
    ]);
  });

  it.each([
    ['gtk+-2.24.33-r3', 'gtk+', '2.24.33-r3'],
    ['a-b-1_rc2_p3', 'a-b', '1_rc2_p3'],
    ['font-adobe-100dpi-1.0.3', 'font-adobe-100dpi', '1.0.3'],
    ['openssl-1.1.1w', 'openssl', '1.1.1w'],
  ])('splits %s', (text, name, version) => {
    expect(splitVersion(text)).toEqual({ name, version });
  });

  it('reads a truncated or hostile list as far as it goes', () => {
    expect([...parseContents(`obj /a ${MD5} 1\nobj /b ${MD5.slice(0, 9)}`)]).toEqual([{ path: '/a', md5: MD5 }]);
    expect([...parseContents(`obj /${' a'.repeat(100_000)}\n`)]).toEqual([]);
    fc.assert(fc.property(fc.string(), (text) => [...parseContents(text)].every((file) => file.path.startsWith('/'))));
  });

  it('states the package as of each layer', () => {
    const [contents] = detectors;
    if (contents === undefined) throw new Error('no detector');
    const next = '/var/db/pkg/app-containers/skopeo-2/CONTENTS';
    const layers = runLayers(contents, [
      { [`${FOLDER}/CONTENTS`]: '' },
      { [`${FOLDER}/CONTENTS`]: null, [next]: '' },
      { [next]: null },
    ]);
    expect(layers.map((layer) => packagesOf(layer).map((one) => one.version))).toEqual([['1.5.1-r2'], ['2'], []]);
  });
});
