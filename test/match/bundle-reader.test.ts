import { describe, expect, it } from 'vitest';
import { BundleReader } from '../../src/match/bundle-reader.ts';
import { bundleOf } from '../store/archive-content.ts';

const COUNT = 5000;
const IDS = Array.from({ length: COUNT }, (_, number) => `GHSA-${number}`);
const BUNDLE = bundleOf(
  1,
  IDS.map((id, number) => ({ id, ecosystem: 'npm', name: `pkg-${number % 7}` })),
);

describe('records of a bundle', () => {
  it('are the right ones, however many were asked for between', () => {
    const reader = new BundleReader(BUNDLE);
    for (let round = 0; round < 2; round += 1) expect(IDS.map((id) => reader.record('osv/npm', id)?.id)).toEqual(IDS);
  });

  it('are parsed once where they are asked for again soon', () => {
    const reader = new BundleReader(BUNDLE);
    const first = reader.record('osv/npm', 'GHSA-1');
    for (const id of IDS.slice(10, 500)) reader.record('osv/npm', id);
    expect(reader.record('osv/npm', 'GHSA-1')).toBe(first);
  });

  it('of feeds and ids it does not have are undefined, every time', () => {
    const reader = new BundleReader(BUNDLE);
    const asked = [
      ['osv/npm', 'GHSA-none'],
      ['osv/npm', 'GHSA-none'],
      ['osv/PyPI', 'GHSA-1'],
    ] as const;
    expect(asked.map(([source, id]) => reader.record(source, id))).toEqual([undefined, undefined, undefined]);
  });
});
