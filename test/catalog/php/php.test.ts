import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectors } from '../../../src/catalog/php/detector.ts';
import { parseRegistry } from '../../../src/catalog/php/parse-registry.ts';
import { packagesOf, problemsOf, runDetectors } from '../../support/detector-harness.ts';

const scan = (path: string, content: unknown) =>
  runDetectors(detectors, { [path]: typeof content === 'string' ? content : JSON.stringify(content) });
const LIST = '/srv/vendor/composer/installed.json';
const GUZZLE = {
  name: 'guzzlehttp/guzzle',
  version: '6.5.0',
  require: { php: '>=5.5', 'ext-json': '*', 'guzzlehttp/psr7': '^1.6' },
  provide: { 'psr/http-client-implementation': '1.0' },
  dist: { shasum: 'ab'.repeat(20) },
  license: ['MIT'],
};

describe('Composer', () => {
  const guzzle = {
    type: 'composer',
    namespace: 'guzzlehttp',
    name: 'guzzle',
    version: '6.5.0',
    licenses: ['MIT'],
    dependsOn: ['guzzlehttp/psr7'],
    provides: ['psr/http-client-implementation'],
    hashes: [{ algorithm: 'sha1', value: 'ab'.repeat(20) }],
  };

  it('reads the list of version 1', () => expect(packagesOf(scan(LIST, [GUZZLE]))).toEqual([guzzle]));

  it('does not take the samples that packages ship for their own tests for installed', () => {
    const fixture = 'core/modules/package_manager/tests/fixtures/fake_site/vendor/composer/installed.json';
    expect(scan(`/opt/drupal/web/${fixture}`, [GUZZLE])).toEqual([]);
    expect(packagesOf(scan('/srv/tests/vendor/composer/installed.json', [GUZZLE]))).toEqual([guzzle]);
  });

  it('reads the object of version 2 and marks development packages', () => {
    expect(
      packagesOf(scan(LIST, { packages: [GUZZLE], dev: true, 'dev-package-names': ['guzzlehttp/guzzle'] })),
    ).toEqual([{ ...guzzle, scope: 'development' }]);
    const mixed = { ...GUZZLE, name: 'GuzzleHttp/Guzzle' };
    expect(
      packagesOf(scan(LIST, { packages: [mixed], dev: true, 'dev-package-names': ['guzzlehttp/guzzle'] })),
    ).toEqual([{ ...guzzle, namespace: 'GuzzleHttp', name: 'Guzzle', scope: 'development' }]);
  });

  it('reads several licences as a choice, when all of them are sound', () => {
    const licensed = (license: unknown) =>
      packagesOf(scan(LIST, [{ name: 'a/b', version: '1', license }]))[0]?.licenses;
    expect(licensed(['LGPL-2.1-only', 'GPL-3.0-or-later'])).toEqual(['LGPL-2.1-only OR GPL-3.0-or-later']);
    expect(licensed(['MIT', 'proprietary'])).toEqual(['MIT', 'proprietary']);
    expect(licensed('(MIT or ISC)')).toEqual(['(MIT OR ISC)']);
  });

  it('keeps the rest when an entry has no version', () => {
    const found = scan(LIST, [{ name: 'a/b' }, 7, { name: 'c/d', version: 'dev-master' }]);
    expect(packagesOf(found)).toEqual([{ type: 'composer', namespace: 'c', name: 'd', version: 'dev-master' }]);
    expect(problemsOf(found)).toEqual([
      'PLM_FILE_UNREADABLE: 2 entries have no name or version: those PHP packages are not listed',
    ]);
  });

  for (const text of ['', '{', 'bogus installed.json', '{"packages":{}}']) {
    it(`says what is lost when the list is ${JSON.stringify(text)}`, () => {
      expect(problemsOf(scan(LIST, text))).toEqual([
        'PLM_FILE_UNREADABLE: not a list of installed packages: the PHP packages below this vendor directory are not listed',
      ]);
    });
  }

  it('finds nothing in an empty list', () => expect(scan(LIST, [])).toEqual([]));
});

/** What PHP's serialize writes. */
function serialize(value: unknown): string {
  if (value === null) return 'N;';
  if (typeof value === 'boolean') return `b:${value ? 1 : 0};`;
  if (typeof value === 'number') return `i:${value};`;
  if (typeof value === 'string') return `s:${Buffer.byteLength(value)}:"${value}";`;
  const entries = Object.entries(value ?? {});
  return `a:${entries.length}:{${entries.map(([key, item]) => serialize(/^\d+$/.test(key) ? Number(key) : key) + serialize(item)).join('')}}`;
}

describe('PEAR', () => {
  const path = '/usr/local/lib/php/.registry/.channel.pecl.php.net/redis.reg';

  it('reads a package of version 2', () => {
    const found = {
      name: 'redis',
      channel: 'pecl.php.net',
      version: { release: '5.3.7', api: '5.3.0' },
      license: { attribs: {}, _content: 'PHP License 3.01' },
    };
    expect(packagesOf(scan(path, serialize(found)))).toEqual([
      { type: 'pear', namespace: 'pecl.php.net', name: 'redis', version: '5.3.7', licenses: ['PHP-3.01'] },
    ]);
  });

  it('reads a package of version 1', () => {
    const found = {
      package: 'Archive_Tar',
      version: '1.4.14',
      release_license: 'BSD',
      notes: 'Grüße',
      n: [1, true, null],
    };
    expect(packagesOf(scan('/usr/share/php/.registry/archive_tar.reg', serialize(found)))).toEqual([
      { type: 'pear', namespace: 'pear.php.net', name: 'Archive_Tar', version: '1.4.14', licenses: ['BSD'] },
    ]);
  });

  for (const text of [
    '',
    'a:1:{',
    's:9999:"x";',
    'O:8:"stdClass":0:{}',
    'a:99999999:{i:0;i:0;',
    `${'a:1:{i:0;'.repeat(5000)}`,
  ]) {
    it(`says that a package is lost when its record is ${JSON.stringify(text.slice(0, 24))}`, () => {
      expect(problemsOf(scan(path, text))).toEqual([
        'PLM_FILE_UNREADABLE: names no package and version: this PEAR package is not listed',
      ]);
    });
  }

  it('survives any bytes', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void parseRegistry(bytes)));
  });
});
