import { describe, expect, it } from 'vitest';
import { assemblePackages } from '../../src/detect/assemble-packages.ts';
import { pathHistory } from '../../src/detect/path-history.ts';
import { claim, layerDetections } from './detections-fixture.ts';

const LEFT_PAD = '/app/node_modules/left-pad/package.json';

/** What the report says of each package, one line each. */
function summary(
  layers: Parameters<typeof assemblePackages>[0],
  removed: Readonly<Record<string, number>> = {},
): readonly string[] {
  const history = pathHistory(layers, (layer, entry) => removed[`${layer}:${entry}`]);
  return assemblePackages(layers, history, 'debian').map(({ package: found }) => {
    const places = found.locations.map(({ path, layer }) => `${path}@${layer}`).join(' ');
    return `${found.id} ${found.state}${found.removedIn === undefined ? '' : ` in ${found.removedIn}`} ${places}`;
  });
}

const visited = [{ path: LEFT_PAD, entry: 0 }];

describe('assemblePackages', () => {
  it('gives a package that stays the layer that brought it', () => {
    const one = claim(LEFT_PAD, { name: 'left-pad', version: '1.0.0' });
    expect(summary([layerDetections({ visited, packages: [one] }), layerDetections()])).toEqual([
      `pkg:npm/left-pad@1.0.0 present ${LEFT_PAD}@0`,
    ]);
  });

  it('keeps the first layer of a run when a database is written again', () => {
    const status = '/var/lib/dpkg/status';
    const file = [{ path: status, entry: 3 }];
    const libc = claim(status, { type: 'deb', name: 'libc6', version: '2.36', ofDistro: true });
    const curl = claim(status, { type: 'deb', name: 'curl', version: '7.88', ofDistro: true });
    const layers = [
      layerDetections({ visited: file, packages: [libc] }),
      layerDetections({ visited: file, packages: [libc, curl] }),
    ];
    expect(summary(layers, { '0:3': 1 })).toEqual([
      `pkg:deb/debian/curl@7.88 present ${status}@1`,
      `pkg:deb/debian/libc6@2.36 present ${status}@0`,
    ]);
  });

  it('keeps what linkers left of a package in each program, and nothing where one program does not say', () => {
    const linkedOf = (...programs: readonly (string | undefined)[]) => {
      const packages = programs.map((names, index) =>
        claim(`/bin/${index}`, { name: 'net', version: '1.0.0', ...(names !== undefined && { linked: { names } }) }),
      );
      const layers = [layerDetections({ visited, packages })];
      return assemblePackages(
        layers,
        pathHistory(layers, () => undefined),
        undefined,
      ).map(({ package: found }) => found.linked);
    };
    expect(linkedOf('B', 'A', 'B')).toEqual([[{ names: 'A' }, { names: 'B' }]]);
    expect(linkedOf('A', undefined)).toEqual([undefined]);
  });

  it('calls a package overwritten when another version took its place', () => {
    const layers = [
      layerDetections({ visited, packages: [claim(LEFT_PAD, { name: 'left-pad', version: '1.0.0' })] }),
      layerDetections({ visited, packages: [claim(LEFT_PAD, { name: 'left-pad', version: '1.3.0' })] }),
    ];
    expect(summary(layers, { '0:0': 1 })).toEqual([
      `pkg:npm/left-pad@1.0.0 overwritten in 1 ${LEFT_PAD}@0`,
      `pkg:npm/left-pad@1.3.0 present ${LEFT_PAD}@1`,
    ]);
  });

  it('takes the word of an SBOM for packages of the system only where no database has any of their kind', () => {
    const status = '/var/lib/dpkg/status';
    const sbom = '/srv/other.spdx';
    const deb = (path: string, name: string, hearsay: boolean) =>
      claim(path, { type: 'deb', name, version: '1', ofDistro: true, ...(hearsay && { hearsay }) });
    const visited = [status, sbom].map((path, entry) => ({ path, entry }));
    const said = [deb(sbom, 'elsewhere', true), claim(sbom, { name: 'left-pad', version: '1', hearsay: true })];
    const alone = [`pkg:deb/debian/elsewhere@1 present ${sbom}@0`, `pkg:npm/left-pad@1 present ${sbom}@0`];
    expect(summary([layerDetections({ visited, packages: said })])).toEqual(alone);
    expect(summary([layerDetections({ visited, packages: [deb(status, 'libc6', false), ...said] })])).toEqual([
      `pkg:deb/debian/libc6@1 present ${status}@0`,
      `pkg:npm/left-pad@1 present ${sbom}@0`,
    ]);
  });

  it.each([
    ['pypi', 'Backports.Tarfile', 'backports_tarfile'],
    ['nuget', 'Newtonsoft.Json', 'newtonsoft.json'],
    ['composer', 'Bee', 'bee'],
  ])(
    'takes two spellings of one %s name for one package, and a new spelling for the next version',
    (type, one, other) => {
      const first = { ...claim('/a', { name: one, version: '1.0' }), detector: 'x' };
      const spelled = (name: string, version: string, path: string) => ({
        ...first,
        evidence: path,
        path,
        draft: { type, name, version },
      });
      const layers = [
        layerDetections({
          visited: [
            { path: '/a', entry: 0 },
            { path: '/b', entry: 1 },
          ],
          packages: [spelled(one, '1.0', '/a'), spelled(other, '1.0', '/b'), spelled(one, '0.9', '/b')],
        }),
        layerDetections({ visited: [{ path: '/b', entry: 0 }], packages: [spelled(other, '1.0', '/b')] }),
      ];
      const states = summary(layers, { '0:1': 1 }).map((line) => line.replace(/^\S+@/, ''));
      expect(states).toEqual(['0.9 overwritten in 1 /b@0', '1.0 present /a@0 /b@0']);
    },
  );

  it('calls a package deleted when its file is whited out', () => {
    const layers = [
      layerDetections({ visited, packages: [claim(LEFT_PAD, { name: 'left-pad', version: '1.0.0' })] }),
      layerDetections(),
      layerDetections(),
    ];
    expect(summary(layers, { '0:0': 2 })).toEqual([`pkg:npm/left-pad@1.0.0 deleted in 2 ${LEFT_PAD}@0`]);
  });

  it('calls a purged package deleted though the database that named it lives on', () => {
    const status = '/var/lib/dpkg/status';
    const file = [{ path: status, entry: 1 }];
    const gone = claim(status, { type: 'deb', name: 'gcc', version: '12', ofDistro: true });
    const layers = [
      layerDetections({ visited: file, packages: [gone] }),
      layerDetections({ visited: file, packages: [] }),
    ];
    expect(summary(layers, { '0:1': 1 })).toEqual([`pkg:deb/debian/gcc@12 deleted in 1 ${status}@0`]);
  });

  it('counts from the layer that brought a removed package back', () => {
    const packages = [claim(LEFT_PAD, { name: 'left-pad', version: '1.0.0' })];
    const layers = [layerDetections({ visited, packages }), layerDetections(), layerDetections({ visited, packages })];
    expect(summary(layers, { '0:0': 1 })).toEqual([`pkg:npm/left-pad@1.0.0 present ${LEFT_PAD}@2`]);
  });

  it('joins two proofs of the same package into one with two locations', () => {
    const other = '/opt/node_modules/left-pad/package.json';
    const layers = [
      layerDetections({
        visited: [...visited, { path: other, entry: 1 }],
        packages: [
          claim(LEFT_PAD, { name: 'left-pad', version: '1.0.0' }),
          claim(other, { name: 'left-pad', version: '1.0.0' }),
        ],
      }),
    ];
    expect(summary(layers)).toEqual([`pkg:npm/left-pad@1.0.0 present ${LEFT_PAD}@0 ${other}@0`]);
  });

  it('follows the outer file for members of archives', () => {
    const evidence = '/opt/app.jar!/BOOT-INF/lib/log4j-core.jar';
    const layers = [
      layerDetections({
        visited: [{ path: '/opt/app.jar', entry: 7 }],
        packages: [claim(evidence, { type: 'maven', namespace: 'org.apache', name: 'log4j-core', version: '2.14.1' })],
      }),
      layerDetections(),
    ];
    expect(summary(layers, { '0:7': 1 })).toEqual([
      `pkg:maven/org.apache/log4j-core@2.14.1 deleted in 1 ${evidence}@0`,
    ]);
  });

  it('keeps packages apart that differ in architecture', () => {
    const status = '/var/lib/dpkg/status';
    const packages = ['amd64', 'i386'].map((arch) =>
      claim(status, { type: 'deb', name: 'libc6', version: '2.36', arch, ofDistro: true }),
    );
    expect(summary([layerDetections({ visited: [{ path: status, entry: 0 }], packages })])).toEqual([
      `pkg:deb/debian/libc6@2.36?arch=amd64 present ${status}@0`,
      `pkg:deb/debian/libc6@2.36?arch=i386 present ${status}@0`,
    ]);
  });

  it('takes a package that more files name than a call takes arguments', () => {
    const count = 150_000;
    const paths = Array.from({ length: count }, (_, number) => `/n${number}/node_modules/a/package.json`);
    const layer = layerDetections({
      visited: paths.map((path, entry) => ({ path, entry })),
      packages: paths.map((path) => claim(path, { name: 'a', version: '1.0.0' })),
    });
    const history = pathHistory([layer], () => undefined);
    expect(assemblePackages([layer], history, undefined).map(({ package: found }) => found.locations.length)).toEqual([
      count,
    ]);
  });
});
