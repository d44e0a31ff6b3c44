import { describe, expect, it } from 'vitest';
import { layersDecodedHere } from '../../src/pipeline/layers-decoded-here.ts';

function sizesHere(sizes: readonly number[], threads: number): readonly number[] {
  const queue = sizes.map((size) => ({ size }));
  const here = layersDecodedHere(queue, threads);
  return queue.filter((layer) => here.has(layer)).map(({ size }) => size);
}

describe('layers decoded by their reader', () => {
  it('are all where one thread reads', () => expect(sizesHere([50, 20], 1)).toEqual([50, 20]));
  it('are all but the last where they are alike', () => expect(sizesHere([30, 30, 20, 20], 2)).toEqual([30, 30, 20]));
  it('are not one that is nearly all of the image', () => expect(sizesHere([90, 5, 5], 2)).toEqual([5]));
  it('are none where there are more threads than layers', () => expect(sizesHere([30, 30], 8)).toEqual([]));
});
