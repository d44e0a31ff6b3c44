import { createHash, type Hash, hash } from 'node:crypto';
import type { LayerSource } from '../image/opened-image.ts';
import type { Limits } from '../limits.ts';
import type { ContentHash } from '../model/content-hash.ts';
import type { LayerIndex } from './layer-index.ts';
import { readContents } from './read-content.ts';

export interface ContentDigestsOptions {
  /** Rows of regular files. */
  readonly entries: readonly number[];
  /** What may be asked of the digests of a row. */
  readonly algorithmsOf: (entry: number) => readonly ContentHash[];
  readonly limits: Limits;
}

export interface ContentDigests {
  readonly entry: number;
  /** Lower-case hex. */
  readonly digestBy: (algorithm: ContentHash) => string;
}

/** The digests of files of a layer, in the order readContents gives them, which says what it throws. */
export async function* contentDigests(
  source: LayerSource,
  layer: LayerIndex,
  { entries, algorithmsOf, limits }: ContentDigestsOptions,
): AsyncGenerator<ContentDigests> {
  let running: ReadonlyMap<ContentHash, Hash> | undefined;
  for await (const { entry, bytes, isLast } of readContents(source, layer, { entries, limits })) {
    if (running === undefined && isLast) {
      yield { entry, digestBy: (algorithm) => hash(algorithm, bytes) };
      continue;
    }
    running ??= new Map(algorithmsOf(entry).map((algorithm) => [algorithm, createHash(algorithm)]));
    for (const one of running.values()) one.update(bytes);
    if (!isLast) continue;
    const digests = new Map([...running].map(([algorithm, one]) => [algorithm, one.digest('hex')]));
    running = undefined;
    yield { entry, digestBy: (algorithm) => digests.get(algorithm) ?? '' };
  }
}
