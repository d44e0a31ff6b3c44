import { describe, expect, it } from 'vitest';
import { detectors } from '../../../src/catalog/snap/detector.ts';
import { packagesOf, problemsOf, runDetectors, runLayers } from '../../support/detector-harness.ts';

const YAML = '/snap/hello/current/meta/snap.yaml';

describe('snap', () => {
  it('reads the snap and what is staged in it', () => {
    const tree = {
      [YAML]: 'name: hello\nversion: 2.10\nlicense: GPL-3.0\nbase: core22\narchitectures: [amd64]\n',
      '/snap/hello/current/snap/manifest.yaml':
        'name: hello\nversion: "2.10"\nprimed-stage-packages:\n- libc6:amd64=2.35-0ubuntu3\nparts:\n  p:\n    stage-packages: [zlib1g=1:1.2.11, unversioned]\n',
      '/usr/share/snappy/dpkg.yaml': 'package-repositories: []\npackages:\n- adduser=3.118ubuntu5\n',
    };
    const found = packagesOf(runDetectors(detectors, tree));
    expect(found).toEqual([
      {
        type: 'snap',
        name: 'hello',
        version: '2.10',
        arch: 'amd64',
        licenses: ['GPL-3.0'],
        properties: { base: 'core22' },
      },
      { type: 'snap', name: 'hello', version: '2.10' },
      {
        type: 'deb',
        namespace: 'ubuntu',
        name: 'libc6',
        version: '2.35-0ubuntu3',
        arch: 'amd64',
        properties: { snap: 'hello' },
      },
      { type: 'deb', namespace: 'ubuntu', name: 'zlib1g', version: '1:1.2.11', properties: { snap: 'hello' } },
      { type: 'deb', namespace: 'ubuntu', name: 'adduser', version: '3.118ubuntu5' },
    ]);
  });

  it.each([
    ['empty', ''],
    ['a list', '- a\n'],
    ['truncated', 'name: "hello\nversion'],
    [
      'a bomb of aliases',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghij'
        .split('')
        .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[index]}`).join(',')}]`)
        .join('\n')}\n`,
    ],
    ['nested without end', '['.repeat(20_000)],
  ])('is a problem when it is %s', (_, text) => {
    expect(problemsOf(runDetectors(detectors, { [YAML]: text }))).toEqual([
      'PLM_DATABASE_DAMAGED: no YAML mapping: the snap and the packages staged in it are missing',
    ]);
  });

  it('states the snap as of each layer', () => {
    const [metadata] = detectors;
    if (metadata === undefined) throw new Error('no detector');
    const layers = runLayers(metadata, [
      { [YAML]: 'name: a\nversion: "1"\n' },
      { [YAML]: 'name: a\nversion: "2"\n' },
      { [YAML]: null },
    ]);
    expect(layers.map((layer) => packagesOf(layer).map((one) => one.version))).toEqual([['1'], ['2'], []]);
  });
});
