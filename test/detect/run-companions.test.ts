import { expect, it } from 'vitest';
import type { HeldFile } from '../../src/detect/detection.ts';
import type { Detector } from '../../src/detect/detector.ts';
import { pathHistory } from '../../src/detect/path-history.ts';
import { runCompanions } from '../../src/detect/run-companions.ts';
import { withLimits } from '../../src/limits.ts';
import { layerDetections } from './detections-fixture.ts';

const DB = '/var/lib/rpm/rpmdb.sqlite';
const WAL = '/var/lib/rpm/rpmdb.sqlite-wal';

/** Says what it read: the database and its log as of the layer. */
const detector: Detector = {
  id: 'rpm/sqlite',
  title: 'rpm database',
  specification: '',
  packageTypes: ['rpm'],
  select: [{ path: DB }],
  companions: [{ path: WAL }],
  *detect(file) {
    const log = file.sibling('rpmdb.sqlite-wal')?.text() ?? 'none';
    yield { kind: 'package', package: { type: 'rpm', name: file.text(), version: log } };
  },
};

function held(path: string, content: string): HeldFile {
  return { path, mode: 0o644, bytes: new TextEncoder().encode(content) };
}

function readings(layers: Parameters<typeof runCompanions>[1], removed: Readonly<Record<string, number>> = {}) {
  const history = pathHistory(layers, (layer, entry) => removed[`${layer}:${entry}`]);
  return runCompanions([detector], layers, history, withLimits({})).map((layer) =>
    layer.packages.map(({ draft }) => `${draft.name}+${draft.version}`),
  );
}

const first = layerDetections({
  visited: [{ path: DB, entry: 0 }],
  held: [held(DB, 'v1')],
});

it('reads a database by itself', () => expect(readings([first])).toEqual([['v1+none']]));

it('reads the database again where only its log changed', () =>
  expect(readings([first, layerDetections({ visited: [{ path: WAL, entry: 0 }], held: [held(WAL, 'log')] })])).toEqual([
    ['v1+none'],
    ['v1+log'],
  ]));

it('does not use a log that a later layer deleted', () => {
  const both = layerDetections({
    visited: [
      { path: DB, entry: 0 },
      { path: WAL, entry: 1 },
    ],
    held: [held(DB, 'v1'), held(WAL, 'log')],
  });
  const next = layerDetections({ visited: [{ path: DB, entry: 0 }], held: [held(DB, 'v2')] });
  expect(readings([both, next], { '0:0': 1, '0:1': 1 })).toEqual([['v1+log'], ['v2+none']]);
});
