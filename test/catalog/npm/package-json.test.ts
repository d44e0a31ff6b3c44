import { describe, expect, it } from 'vitest';
import { detectors } from '../../../src/catalog/npm/detector.ts';
import { packagesOf, problemsOf, runDetectors } from '../../support/detector-harness.ts';

const scan = (path: string, content: unknown) =>
  runDetectors(detectors, { [path]: typeof content === 'string' ? content : JSON.stringify(content) });

describe('npm packages', () => {
  it('reads an installed package with licence and dependencies', () => {
    const found = scan('/app/node_modules/express/package.json', {
      name: 'express',
      version: '4.17.1',
      license: 'MIT',
      dependencies: { 'body-parser': '1.19.0', accepts: '~1.3.7' },
      devDependencies: { mocha: '*' },
    });
    expect(found).toEqual([
      {
        kind: 'package',
        package: {
          type: 'npm',
          name: 'express',
          version: '4.17.1',
          licenses: ['MIT'],
          dependsOn: ['accepts', 'body-parser'],
        },
      },
    ]);
  });

  it('keeps the scope as namespace', () => {
    expect(
      packagesOf(scan('/a/node_modules/@babel/core/package.json', { name: '@babel/core', version: '7.4.5' })),
    ).toEqual([{ type: 'npm', namespace: '@babel', name: 'core', version: '7.4.5' }]);
  });

  it('reads an aliased install by its own name', () => {
    expect(packagesOf(scan('/a/node_modules/old/package.json', { name: 'lodash', version: '3.10.1' }))).toEqual([
      { type: 'npm', name: 'lodash', version: '3.10.1' },
    ]);
  });

  it('names a nameless installed package after its directory, as npm does', () => {
    expect(packagesOf(scan('/a/node_modules/@s/x/package.json', { version: '1.0.0' }))).toEqual([
      { type: 'npm', namespace: '@s', name: 'x', version: '1.0.0' },
    ]);
  });

  it('reads the old forms of licences and the tarball digest', () => {
    const integrity = `sha1-${Buffer.alloc(20, 0xab).toString('base64')}`;
    const manifest = {
      name: 'x',
      version: '1.0.0',
      licenses: [{ type: 'MIT' }, { type: 'BSD' }],
      _integrity: integrity,
    };
    expect(packagesOf(scan('/a/node_modules/x/package.json', manifest))).toEqual([
      {
        type: 'npm',
        name: 'x',
        version: '1.0.0',
        licenses: ['MIT', 'BSD'],
        hashes: [{ algorithm: 'sha1', value: 'ab'.repeat(20) }],
      },
    ]);
  });

  const installed = [
    '/usr/local/lib/node_modules/npm/node_modules/abbrev/package.json',
    '/app/node_modules/.pnpm/lodash@4.17.20/node_modules/lodash/package.json',
    '/app/node_modules/.store/lodash@4.17.20-abc/node_modules/lodash/package.json',
    '/app/node_modules/bundler/dist/node_modules/lodash/package.json',
    '/srv/test/node_modules/lodash/package.json',
    '/app/.yarn/cache/lodash-npm-4.17.20-c31b1a8b6d.zip!/node_modules/lodash/package.json',
  ];
  for (const path of installed) {
    it(`takes ${path} for an installed package`, () => {
      expect(packagesOf(scan(path, { name: 'lodash', version: '4.17.20' }))).toEqual([
        { type: 'npm', name: 'lodash', version: '4.17.20' },
      ]);
    });
  }

  it('tells of what no node_modules holds for the case that it is linked into one', () => {
    const workspace = { name: 'sample', version: '1.0.0' };
    expect(packagesOf(scan('/app/package.json', workspace))).toEqual([{ type: 'npm', ...workspace, onlyLinked: true }]);
    expect(scan('/app/package.json', '{"name":')).toEqual([]);
  });

  it('reads what Deno runs from its cache', () => {
    const path = '/deno-dir/npm/registry.example/@std/semver/1.0.3/package.json';
    expect(packagesOf(scan(path, { name: '@std/semver', version: '1.0.3' }))).toEqual([
      { type: 'npm', namespace: '@std', name: 'semver', version: '1.0.3' },
    ]);
  });

  const notInstalled = [
    '/app/node_modules/resolve/test/resolver/multirepo/package.json',
    '/app/node_modules/resolve/test/resolver/node_modules/sample/package.json',
    '/app/node_modules/react/esm/package.json',
    '/app/node_modules/.vite/deps/package.json',
    '/app/node_modules/@scope/package.json',
    '/app/node_modules/package.json',
  ];
  for (const path of notInstalled) {
    it(`finds nothing at ${path}`, () => expect(scan(path, { name: 'sample', version: '1.0.0' })).toEqual([]));
  }

  it('reads a release unpacked by hand into a directory of its name and version', () => {
    expect(packagesOf(scan('/opt/yarn-v1.22.22/package.json', { name: 'yarn', version: '1.22.22' }))).toEqual([
      { type: 'npm', name: 'yarn', version: '1.22.22' },
    ]);
    expect(packagesOf(scan('/opt/yarn-v1.22.22/package.json', { name: 'shop', version: '1.22.22' }))).toEqual([
      { type: 'npm', name: 'shop', version: '1.22.22', onlyLinked: true },
    ]);
  });

  it.each(['/usr/lib/ruby/gems/3.1.0/gems', '/root/.cargo/registry/src/index-6f17d22bba15001f'])(
    'does not take a package of another kind below %s for one of npm',
    (folder) =>
      expect(
        packagesOf(
          scan(`${folder}/bootstrap-sass-3.4.1/package.json`, { name: 'bootstrap-sass', version: '3.4.1' }),
        ).filter(({ onlyLinked }) => onlyLinked !== true),
      ).toEqual([]),
  );

  it.each([
    '/root/.npm/_cacache/content-v2/sha512/dc/70/0d97!/0d97!/package/node_modules/once/package.json',
    '/opt/npm-8.19.4.tgz!/npm-8.19.4.tar!/package/node_modules/once/package.json',
    '/opt/once-1.4.0.tar.gz!/once-1.4.0.tar!/once-1.4.0/package.json',
    '/usr/local/share/.cache/yarn/v6/npm-once-1.4.0-583b1aa775961d4b113ac17d9c50baef9dd76bd1-integrity/node_modules/once/package.json',
    '/root/.bun/install/cache/npm@8.19.4@@@1/node_modules/once/package.json',
  ])('does not take what waits in a cache for installed: %s', (path) =>
    expect(scan(path, { name: 'once', version: '1.4.0' })).toEqual([]),
  );

  it('reads packages that Yarn links from its store', () => {
    const store = '/app/node_modules/.store';
    const react = { name: 'react', version: '18.2.0' };
    expect(packagesOf(scan(`${store}/react-npm-18.2.0-1eae08fee2/package/package.json`, react))).toEqual([
      { type: 'npm', name: 'react', version: '18.2.0' },
    ]);
    expect(scan(`${store}/react-npm-18.2.0-1eae08fee2/package/cjs/package.json`, react)).toEqual([]);
  });

  it('reads packages that run from a zip as Yarn keeps them', () => {
    expect(
      packagesOf(
        scan('/app/.yarn/cache/once-npm-1.4.0-ccf03ef07a-10c0.zip!/node_modules/once/package.json', {
          name: 'once',
          version: '1.4.0',
        }),
      ),
    ).toEqual([{ type: 'npm', name: 'once', version: '1.4.0' }]);
  });

  it('does not take a manifest without version for a package', () => {
    expect(scan('/a/node_modules/x/package.json', { name: 'x', type: 'module' })).toEqual([]);
  });

  const broken = ['', '{"name":"x","version":"1', '[]', '{"a":'.repeat(100_000)];
  for (const text of broken) {
    it(`says that a package is lost when its manifest is ${JSON.stringify(text.slice(0, 30))}`, () => {
      expect(problemsOf(scan('/a/node_modules/x/package.json', text))).toEqual([
        'PLM_FILE_UNREADABLE: not a JSON object: the npm package installed as x is not listed',
      ]);
    });
  }

  it('survives fields of the wrong kind and names of object members', () => {
    const text =
      '{"name":"x","version":"1.0.0","license":{"type":5},"licenses":7,"dependencies":["a"],"__proto__":{"name":"y"}}';
    expect(scan('/a/node_modules/x/package.json', text)).toEqual([
      { kind: 'package', package: { type: 'npm', name: 'x', version: '1.0.0' } },
    ]);
  });

  it('refuses a name that is none', () => {
    expect(problemsOf(scan('/a/node_modules/x/package.json', { name: '../etc', version: '1.0.0' }))).toEqual([
      'PLM_FILE_UNREADABLE: "../etc" is no npm package name: this package is not listed',
    ]);
  });
});
