import { describe, expect, it } from 'vitest';
import type { Detector } from '../../../src/detect/detector.ts';
import type { Package } from '../../../src/model/package.ts';
import { noticeEntries } from '../../../src/pipeline/notices/notice-entries.ts';
import { packageFolders } from '../../../src/pipeline/notices/package-folders.ts';
import { pairText } from '../../../src/pipeline/notices/pair-text.ts';

/** Every path names its own folder. */
const DETECTOR: Detector = {
  id: 'test/folder',
  title: '',
  specification: '',
  packageTypes: [],
  select: [],
  textFolders: (path) => [path],
  detect: () => [],
};

function at(name: string, path: string, more: Partial<Package> = {}): Package {
  const purl = `pkg:x/${name}@1`;
  const locations = [{ path, layer: 0, detector: DETECTOR.id }] as const;
  return { id: purl, purl, type: 'x', name, version: '1', licenses: [], locations, state: 'present', ...more };
}

/** The kind of each path and the packages it stands for. */
function pairs(packages: readonly Package[], paths: readonly string[], owners: Readonly<Record<string, string>> = {}) {
  const entries = noticeEntries(packages);
  const folders = packageFolders(entries, [DETECTOR], (path) => path.replace('/link', '/real'));
  return paths.map((path) => {
    const found = pairText(path, { folders, ownerOf: (file) => entries.of(owners[file] ?? '') });
    return found && [found.kind, ...found.entries.map((entry) => entry.packages[0]?.name)].join(' ');
  });
}

describe('a text belongs to', () => {
  it('the nearest package above it', () => {
    const packages = [at('outer', '/m/outer'), at('inner', '/m/outer/m/inner')];
    const paths = ['/m/outer/LICENSE', '/m/outer/lib/COPYING', '/m/outer/m/inner/NOTICE', '/m/LICENSE'];
    expect(pairs(packages, paths)).toEqual(['license outer', 'license outer', 'notice inner', 'license']);
  });

  it('no package around the node_modules it lies in', () => {
    expect(pairs([at('app', '/app')], ['/app/node_modules/lost/LICENSE', '/app/LICENSE'])).toEqual([
      'license',
      'license app',
    ]);
  });

  it('all packages of a folder that links lead to', () => {
    const packages = [at('dev', '/doc/link'), at('lib', '/doc/real')];
    expect(pairs(packages, ['/doc/real/copyright'])).toEqual(['license dev lib']);
  });

  it('the package whose file list holds it, where no folder of one does', () => {
    const packages = [at('deb', '/doc/deb'), at('npm', '/m/npm')];
    const owners = { '/usr/lib/x/LICENSE': 'pkg:x/deb@1', '/m/npm/LICENSE': 'pkg:x/deb@1' };
    expect(pairs(packages, Object.keys(owners), owners)).toEqual(['license deb', 'license npm']);
  });

  it('the module whose path its folder ends with', () => {
    const packages = [at('mod', 'example.com/a/mod')];
    const paths = ['/licenses/example.com/a/mod/LICENSE', '/licenses/example.com/a/other/LICENSE'];
    expect(pairs(packages, paths)).toEqual(['license mod', 'license']);
  });

  it('the innermost archive it is packed in', () => {
    const packages = [at('war', '/a.war!'), at('jar', '/a.war!/lib/b.jar!')];
    const paths = ['/a.war!/META-INF/LICENSE', '/a.war!/lib/b.jar!/META-INF/NOTICE'];
    expect(pairs(packages, paths)).toEqual(['license war', 'notice jar']);
  });

  it('a package called "licenses" only where its own name says so', () => {
    const paths = ['/m/licenses/README.md', '/m/licenses/LICENSE', '/m/licenses/licenses/mit.txt'];
    expect(pairs([at('licenses', '/m/licenses')], paths)).toEqual([undefined, 'license licenses', 'license licenses']);
  });

  it('nobody where a database names a folder that is everything', () => {
    expect(pairs([at('all', '')], ['/LICENSE', '/x/LICENSE'])).toEqual(['license', 'license']);
  });
});

describe('packageFolders', () => {
  it('names the archives to open, from the outside in, but for those that a distribution installed', () => {
    const packages = [
      at('os', '/os'),
      at('jar', '/a.war!/lib/b.jar!'),
      at('owned', '/c.jar!', { ownedBy: 'pkg:x/os@1' }),
    ];
    expect([...packageFolders(noticeEntries(packages), [DETECTOR], (path) => path).archives]).toEqual([
      '/a.war',
      '/a.war!/lib/b.jar',
    ]);
  });
});

describe('noticeEntries', () => {
  it('joins architectures, puts owned packages under their owner, and leaves out what later layers removed', () => {
    const arch = (name: string) => ({
      ...at('lib', '/lib'),
      id: `lib-${name}`,
      purl: `pkg:x/lib@1?arch=${name}`,
      arch: name,
    });
    const packages = [
      at('zlib', '/z'),
      arch('arm64'),
      arch('amd64'),
      at('gem', '/g', { ownedBy: 'lib-amd64' }),
      at('gone', '/gone', { state: 'deleted', removedIn: 1 }),
      at('heir', '/h', { ownedBy: 'pkg:x/gone@1' }),
    ];
    const names = noticeEntries(packages).all.map((entry) => [
      entry.packages.map(({ id }) => id),
      entry.includes.map(({ id }) => id),
    ]);
    expect(names).toEqual([
      [['pkg:x/heir@1'], []],
      [['lib-arm64', 'lib-amd64'], ['pkg:x/gem@1']],
      [['pkg:x/zlib@1'], []],
    ]);
  });
});
