import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { detectors } from '../../../src/catalog/python/detector.ts';
import { parseMetadata } from '../../../src/catalog/python/parse-metadata.ts';
import { parseRecord } from '../../../src/catalog/python/parse-record.ts';
import { packagesOf, problemsOf, runDetectors } from '../../support/detector-harness.ts';

const SITE = '/opt/venv/lib/python3.11/site-packages';
const scan = (path: string, content: string | Uint8Array) => runDetectors(detectors, { [path]: content });

describe('Python metadata', () => {
  it('reads a wheel with licence and requirements', () => {
    const text = [
      'Metadata-Version: 2.1',
      'Name: Jinja2',
      'Version: 2.10',
      'License: BSD',
      'Classifier: License :: OSI Approved :: BSD License',
      'Requires-Dist: MarkupSafe (>=0.23)',
      "Requires-Dist: Babel (>=0.8); extra == 'i18n'",
      'Requires-Dist: typing_extensions>=4 ; python_version < "3.11"',
      '',
      'Name: not a header any more',
    ].join('\r\n');
    expect(packagesOf(scan(`${SITE}/Jinja2-2.10.dist-info/METADATA`, text))).toEqual([
      {
        type: 'pypi',
        name: 'Jinja2',
        version: '2.10',
        licenses: ['BSD'],
        provides: ['jinja2'],
        dependsOn: ['markupsafe', 'typing-extensions'],
      },
    ]);
  });

  const licences: readonly (readonly [title: string, fields: string, licenses: readonly string[] | undefined])[] = [
    ['an expression before all', 'License-Expression: MIT OR ISC\nLicense: BSD\n', ['MIT OR ISC']],
    [
      'classifiers where the field says nothing',
      'License: UNKNOWN\nClassifier: License :: OSI Approved :: MIT License\n',
      ['MIT'],
    ],
    [
      'classifiers where the field holds the whole text',
      'License: Copyright\n  all of it\nClassifier: License :: OSI Approved :: ISC License (ISCL)\n',
      ['ISC License (ISCL)'],
    ],
    ['nothing where nothing is declared', '', undefined],
  ];
  for (const [title, fields, licenses] of licences) {
    it(`takes ${title}`, () => {
      expect(packagesOf(scan(`${SITE}/x.dist-info/METADATA`, `Name: x\nVersion: 1\n${fields}`))).toEqual([
        { type: 'pypi', name: 'x', version: '1', ...(licenses && { licenses }) },
      ]);
    });
  }

  for (const path of [
    '/usr/lib/python3/dist-packages/x-1.egg-info',
    `${SITE}/x-1.dist-info/PKG-INFO`,
    '/usr/lib/python3/dist-packages/x-1-py3.9.egg-info/PKG-INFO',
    '/usr/lib/python3/dist-packages/x-1-py3.9.egg/EGG-INFO/PKG-INFO',
    `${SITE}/setuptools/_vendor/x-1.dist-info/METADATA`,
    '/home/tests/venv/lib/python3.9/site-packages/x-1.dist-info/METADATA',
  ]) {
    it(`reads ${path}`, () => {
      expect(packagesOf(scan(path, 'Name: x\nVersion: 1\n'))).toEqual([{ type: 'pypi', name: 'x', version: '1' }]);
    });
  }

  it('leaves out distributions that a package ships for its own tests', () => {
    const egg = zipSync({ 'EGG-INFO/PKG-INFO': new TextEncoder().encode('Name: x\nVersion: 1\n') });
    expect(
      scan(`${SITE}/pkg_resources/tests/data/x_unpacked-egg/x-1.egg/EGG-INFO/PKG-INFO`, 'Name: x\nVersion: 1\n'),
    ).toEqual([]);
    expect(scan(`${SITE}/pkg_resources/tests/data/x-1.egg`, egg)).toEqual([]);
  });

  it.each([
    '/usr/local/lib/python3.13/test/test_importlib/metadata/data/example-21.12-py3.6.egg!/EGG-INFO/PKG-INFO',
    '/usr/local/lib/python2.7/lib-dynload/Python-2.7.18-py2.7.egg-info',
    '/usr/lib/python2.7/argparse.egg-info',
  ])('leaves out what is part of Python itself: %s', (path) => expect(scan(path, 'Name: x\nVersion: 1\n')).toEqual([]));

  it.each(['/v/~ip-23.2.dist-info/METADATA', '/v/~-p-23.2.egg-info', '/v/~ip-23.2.egg-info/PKG-INFO'])(
    'leaves out what an interrupted pip left behind: %s',
    (path) => expect(scan(path, 'Name: pip\nVersion: 23.2\n')).toEqual([]),
  );

  it('believes the folder where the metadata in it says nothing, as pip does', () => {
    expect(packagesOf(scan(`${SITE}/ruamel.yaml_clib-0.2.12+x.dist-info/METADATA`, ''))).toEqual([
      { type: 'pypi', name: 'ruamel.yaml_clib', version: '0.2.12+x', provides: ['ruamel-yaml-clib'] },
    ]);
  });

  it('leaves out wheels and source archives that wait to be installed', () => {
    for (const archive of [
      'ensurepip/_bundled/pip-24.0-py3-none-any.whl',
      'cache/x.tar.gz',
      'cache/x.zip',
      'cache/x.rpm',
    ]) {
      expect(scan(`/usr/lib/python3/${archive}!/x-1.dist-info/METADATA`, 'Name: x\nVersion: 1\n')).toEqual([]);
      expect(scan(`/usr/lib/python3/${archive}!/x-1.dist-info/RECORD`, 'x.py,,\n')).toEqual([]);
    }
  });

  it.each([
    '/root/.cache/uv/archive-v0/2sr2a64WXJEmHCb6/x-1.dist-info',
    '/root/.local/share/virtualenv/wheel/3.13/image/1/CopyPipInstall/x-1-py3-none-any/x-1.dist-info',
    '/opt/conda/pkgs/x-1.0-py311h06a4308_0/lib/python3.11/site-packages/x-1.dist-info',
    '/opt/conda/pkgs/x-1.0-pyhd8ed1ab_0/site-packages/x-1.dist-info',
  ])('tells of what a cache keeps for the case that an environment links to it: %s', (folder) => {
    expect(packagesOf(scan(`${folder}/METADATA`, 'Name: x\nVersion: 1\n'))).toEqual([
      { type: 'pypi', name: 'x', version: '1', onlyLinked: true },
    ]);
    expect(scan(`${folder}/RECORD`, 'x.py,,\n')).toEqual([]);
  });

  it.each([
    '/root/.cache/uv/archive-v0/2sr2a64WXJEmHCb6/lib/python3.11/site-packages/x-1.dist-info',
    '/srv/pkgs/my-app-venv/lib/python3.11/site-packages/x-1.dist-info',
  ])('lists environments, wherever they lie: %s', (folder) =>
    expect(packagesOf(scan(`${folder}/METADATA`, 'Name: x\nVersion: 1\n'))).toEqual([
      { type: 'pypi', name: 'x', version: '1' },
    ]),
  );

  for (const text of [
    '',
    'bogus\n',
    'Name: x\n',
    'Version: 1\n',
    '\nName: x\nVersion: 1\n',
    'Name: ../x\nVersion: 1\n',
    '\0'.repeat(64),
  ]) {
    it(`says that a distribution is lost when its metadata is ${JSON.stringify(text.slice(0, 20))}`, () => {
      expect(problemsOf(scan(`${SITE}/x.dist-info/METADATA`, text))).toEqual([
        'PLM_FILE_UNREADABLE: no name and version in it: this Python distribution is not listed',
      ]);
    });
  }

  it('reads any bytes without a throw', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseMetadata(text)));
  });
});

describe('Python file lists', () => {
  it('names the files of a wheel with their digests', () => {
    const record = [
      `x/__init__.py,sha256=${Buffer.alloc(32, 0xfb).toString('base64url')},12`,
      '"x/odd, ""name"".py",,',
      '../../../bin/x,,',
      '/etc/x.conf,,',
      '../../../../../../../escape,,',
      ',,',
    ].join('\n');
    const owner = { evidence: `${SITE}/x-1.dist-info/METADATA` };
    expect(scan(`${SITE}/x-1.dist-info/RECORD`, record)).toEqual([
      {
        kind: 'owned-file',
        owner,
        path: `${SITE}/x/__init__.py`,
        digest: { algorithm: 'sha256', value: 'fb'.repeat(32) },
      },
      { kind: 'owned-file', owner, path: `${SITE}/x/odd, "name".py` },
      { kind: 'owned-file', owner, path: '/opt/venv/bin/x' },
      { kind: 'owned-file', owner, path: '/etc/x.conf' },
    ]);
  });

  it('names the files of an egg-info folder, which are relative to itself', () => {
    const owner = { evidence: '/lib/x-1.egg-info/PKG-INFO' };
    expect(scan('/lib/x-1.egg-info/installed-files.txt', '../x/__init__.py\nPKG-INFO\n')).toEqual([
      { kind: 'owned-file', owner, path: '/lib/x/__init__.py' },
      { kind: 'owned-file', owner, path: '/lib/x-1.egg-info/PKG-INFO' },
    ]);
  });

  it('reads any bytes without a throw', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void [...parseRecord(text)]));
  });
});

describe('Python direct addresses', () => {
  it('keeps repository and commit, not the credentials', () => {
    const text = '{"url":"https://user:pass@example.org/x.git","vcs_info":{"vcs":"git","commit_id":"abc"}}';
    expect(scan(`${SITE}/x-1.dist-info/direct_url.json`, text)).toEqual([
      {
        kind: 'fact',
        name: 'direct-url',
        value: 'git+https://example.org/x.git@abc',
        path: `${SITE}/x-1.dist-info/METADATA`,
      },
    ]);
  });

  it('says so when the document is none', () => {
    expect(problemsOf(scan(`${SITE}/x-1.dist-info/direct_url.json`, '{'))).toEqual([
      'PLM_FILE_UNREADABLE: not a direct_url document: where the distribution came from is not known',
    ]);
  });
});
