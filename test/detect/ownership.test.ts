import { describe, expect, it } from 'vitest';
import { assemble } from '../../src/detect/assemble.ts';
import type { OwnedFiles } from '../../src/detect/owned-files.ts';
import { withLimits } from '../../src/limits.ts';
import { claim, layerDetections, ownedFiles } from './detections-fixture.ts';

const STATUS = '/var/lib/dpkg/status';
const METADATA = '/usr/lib/python3/dist-packages/six.egg-info';
const visited = [
  { path: STATUS, entry: 0 },
  { path: METADATA, entry: 1 },
  { path: '/var/lib/dpkg/info/python3-six.list', entry: 2 },
];
const debPackage = claim(STATUS, { type: 'deb', name: 'python3-six', version: '1.16-4', ofDistro: true });
const six = claim(METADATA, { type: 'pypi', name: 'six', version: '1.16.0' });

function list(path: string, digest?: string): OwnedFiles {
  return ownedFiles('/var/lib/dpkg/info/python3-six.list', {
    owner: { identity: { type: 'deb', name: 'python3-six' } },
    paths: [path],
    ...(digest === undefined ? {} : { digests: [{ algorithm: 'md5' as const, value: digest }] }),
  });
}

/** `ownedBy` of the Python package. */
function ownerOfSix(
  layers: Parameters<typeof assemble>[0]['layers'],
  removed: Readonly<Record<string, number>> = {},
  directories: Readonly<Record<string, string>> = {},
): string | undefined {
  const found = assemble({
    layers,
    detectors: [],
    removedIn: (layer, entry) => removed[`${layer}:${entry}`],
    resolveDirectory: (directory) => directories[directory] ?? directory,
    limits: withLimits({}),
  });
  return found.packages.find((entry) => entry.type === 'pypi')?.ownedBy;
}

describe('ownership', () => {
  it('marks a language package whose evidence an OS package lists', () =>
    expect(ownerOfSix([layerDetections({ visited, packages: [debPackage, six], owned: [list(METADATA)] })])).toBe(
      'pkg:deb/python3-six@1.16-4',
    ));

  it('follows merged directories', () =>
    expect(
      ownerOfSix(
        [
          layerDetections({
            visited,
            packages: [debPackage, six],
            owned: [list('/lib/python3/dist-packages/six.egg-info')],
          }),
        ],
        {},
        { '/lib/python3/dist-packages': '/usr/lib/python3/dist-packages' },
      ),
    ).toBe('pkg:deb/python3-six@1.16-4'));

  it('does not mark a file that a later layer wrote again', () => {
    const later = layerDetections({ visited: [{ path: METADATA, entry: 0 }], packages: [six] });
    const first = layerDetections({
      visited,
      packages: [debPackage, { ...six, draft: { ...six.draft, version: '1.15.0' } }],
      owned: [list(METADATA)],
    });
    expect(ownerOfSix([first, later], { '0:1': 1 })).toBeUndefined();
  });

  it('does not mark a file whose digest is not the installed one', () => {
    const md5 = '0c'.repeat(16);
    const digests = { md5, sha1: 'bb', sha256: 'cc' };
    const layer = (stated: string) =>
      layerDetections({ visited, packages: [debPackage, { ...six, digests }], owned: [list(METADATA, stated)] });
    expect([md5, 'f'.repeat(32), 'no digest'].map((stated) => ownerOfSix([layer(stated)]))).toEqual([
      'pkg:deb/python3-six@1.16-4',
      undefined,
      undefined,
    ]);
  });

  it('ignores file lists that a later layer replaced', () => {
    const layers = [
      layerDetections({ visited, packages: [debPackage, six], owned: [list(METADATA)] }),
      layerDetections({ visited: [{ path: '/var/lib/dpkg/info/python3-six.list', entry: 0 }] }),
    ];
    expect(ownerOfSix(layers, { '0:2': 1 })).toBeUndefined();
  });

  it('leaves out what a file says about itself where a package of the same type owns it', () => {
    const DEPS = '/app/Shop.deps.json';
    const polly = claim(DEPS, { type: 'nuget', name: 'Polly', version: '7.2.1' });
    const resource = (type: string) =>
      claim('/app/Polly.dll', { type, name: 'Polly', version: '7.2.9', unlessOwned: true });
    const listed = ownedFiles(DEPS, {
      owner: { identity: { type: 'nuget', name: 'Polly' } },
      paths: ['/app/Polly.dll'],
    });
    const files = [
      { path: DEPS, entry: 0 },
      { path: '/app/Polly.dll', entry: 1 },
    ];
    const versions = (layers: Parameters<typeof assemble>[0]['layers']) =>
      assemble({
        layers,
        detectors: [],
        removedIn: (layer, entry) => (layers.length > 1 && layer === 0 && entry === 1 ? 1 : undefined),
        resolveDirectory: (directory) => directory,
        limits: withLimits({}),
      }).packages.map(({ type, version }) => `${type} ${version}`);
    const first = (type: string) =>
      layerDetections({ visited: files, packages: [polly, resource(type)], owned: [listed] });
    expect(versions([first('nuget')])).toEqual(['nuget 7.2.1']);
    expect(versions([first('generic')])).toEqual(['generic 7.2.9', 'nuget 7.2.1']);
    const renewed = layerDetections({
      visited: [{ path: '/app/Polly.dll', entry: 0 }],
      packages: [claim('/app/Polly.dll', { type: 'nuget', name: 'Polly', version: '7.3', unlessOwned: true })],
    });
    expect(versions([first('nuget'), renewed])).toContain('nuget 7.3');
  });

  it('leaves out what a program says of its source package where the database has a package of it', () => {
    const zstd = { type: 'deb', name: 'libzstd1', ofDistro: true };
    const source = { name: 'libzstd', version: '1.5.7-1' };
    const note = (version: string) =>
      claim('/usr/lib/libzstd.so.1', { type: 'deb', name: 'libzstd', version, unlessOwned: true });
    const names = (version: string) =>
      assemble({
        layers: [
          layerDetections({
            visited: [...visited, { path: '/usr/lib/libzstd.so.1', entry: 4 }],
            packages: [claim(STATUS, { ...zstd, version: '1.5.7-1+b1', source }), note(version)],
          }),
        ],
        detectors: [],
        removedIn: () => undefined,
        resolveDirectory: (directory) => directory,
        limits: withLimits({}),
      }).packages.map((found) => `${found.name} ${found.version}`);
    expect(names('1.5.7-1')).toEqual(['libzstd1 1.5.7-1+b1']);
    expect(names('1.4.8-1')).toEqual(['libzstd 1.4.8-1', 'libzstd1 1.5.7-1+b1']);
  });
});
