import { describe, expect, it } from 'vitest';
import type { Detector } from '../../src/detect/detector.ts';
import { DetectionCollector } from '../../src/detect/run-detectors.ts';
import { DEFAULT_LIMITS, withLimits } from '../../src/limits.ts';

const detector: Detector = {
  id: 'test/reader',
  title: 'test',
  specification: 'https://example.org',
  packageTypes: ['deb'],
  select: [{ suffix: '/status' }],
  // biome-ignore lint/correctness/useYield: only the reading is of interest
  *detect(file) {
    file.text();
  },
};

describe('the text of a file', () => {
  it('is not made where it would take more memory than there may be', () => {
    const collector = new DetectionCollector(0, DEFAULT_LIMITS);
    const siblings = () => undefined;
    collector.run(detector, { path: '/var/status', mode: 0, bytes: new Uint8Array(64 * 1024 * 1024 + 1) }, siblings);
    expect(collector.result().problems).toEqual([
      {
        code: 'PLM_LIMIT',
        layer: 0,
        path: '/var/status',
        detail: 'a text of more than 67108864 bytes is not read: packages it names are missing',
      },
    ]);
  });
});

describe('a package whose name and version take a page', () => {
  it('is not listed, and told', () => {
    const names: Detector = {
      ...detector,
      *detect() {
        yield { kind: 'package', package: { type: 'deb', name: 'a', version: '1'.repeat(4096) } };
        yield { kind: 'package', package: { type: 'deb', name: 'a', version: '1'.repeat(4095) } };
      },
    };
    const collector = new DetectionCollector(0, DEFAULT_LIMITS);
    collector.run(names, { path: '/var/status', mode: 0, bytes: new Uint8Array(1) }, () => undefined);
    const { packages, problems } = collector.result();
    expect(packages.map(({ draft }) => draft.version.length)).toEqual([4095]);
    expect(problems).toEqual([
      {
        code: 'PLM_LIMIT',
        layer: 0,
        path: '/var/status',
        detail: '1 package whose name and version have more than 4096 characters: not listed',
      },
    ]);
  });
});

describe('file lists of packages', () => {
  it('are kept up to a number of bytes, and the rest is told once', () => {
    const lists: Detector = {
      ...detector,
      *detect() {
        for (const name of ['a', 'b', 'c', 'd'])
          yield { kind: 'owned-file', owner: { evidence: '/var/status' }, path: `/usr/bin/${name}` };
      },
    };
    const collector = new DetectionCollector(0, withLimits({ ownedFilesBytes: 530 }));
    collector.run(lists, { path: '/var/status', mode: 0, bytes: new Uint8Array(1) }, () => undefined);
    const { owned, problems } = collector.result();
    expect(owned.map(({ nameEnd }) => nameEnd.length)).toEqual([2]);
    expect(problems).toEqual([
      {
        code: 'PLM_LIMIT',
        layer: 0,
        path: '/var/status',
        detail:
          'file lists of packages take more than is kept of an image: who owns the files that come later, here and in other lists of the layer, is not known',
      },
    ]);
  });
});

describe('names that packages need', () => {
  it('are kept up to a number, and the rest is told once', () => {
    const names: Detector = {
      ...detector,
      *detect() {
        for (const name of ['a', 'b', 'c'])
          yield { kind: 'package', package: { type: 'deb', name, version: '1', dependsOn: ['x', 'y'] } };
      },
    };
    const collector = new DetectionCollector(0, withLimits({ imageRelations: 3 }));
    collector.run(names, { path: '/var/status', mode: 0, bytes: new Uint8Array(1) }, () => undefined);
    const { packages, problems } = collector.result();
    expect(packages.map(({ draft }) => draft.dependsOn)).toEqual([['x', 'y'], undefined, undefined]);
    expect(problems).toEqual([
      {
        code: 'PLM_LIMIT',
        layer: 0,
        path: '/var/status',
        detail:
          'packages need or provide more others than are kept of an image: what those need that come later, here and in other files of the layer, is not known',
      },
    ]);
  });
});
