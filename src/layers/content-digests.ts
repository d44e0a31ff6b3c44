import { createHash, type Hash, hash } from 'node:crypto';
import type { LayerSource } from '../image/opened-image.ts';
import type { ContentHash } from '../model/content-hash.ts';
import type { LayerIndex } from './layer-index.ts';
import { type ReadContentsOptions, readContents } from './read-content.ts';

export interface ContentDigestsOptions extends ReadContentsOptions {
  /** What may be asked of the digests of a row. */
  readonly algorithmsOf: (entry: number) => readonly ContentHash[];
}

export interface ContentDigests {
  readonly entry: number;
  /** Lower-case hex. */
  readonly digestBy: (algorithm: ContentHash) => string;
}

/** Stored bytes of a sparse file, held twice to be put together. */
const SPARSE_BYTES = 64 * 1024 * 1024;

/** The digests of files of a layer, in the order readContents gives them, which says what it throws. */
export async function* contentDigests(
  source: LayerSource,
  layer: LayerIndex,
  { algorithmsOf, limits, ...options }: ContentDigestsOptions,
): AsyncGenerator<ContentDigests> {
  const capturedFileBytes = Math.min(limits.capturedFileBytes, SPARSE_BYTES);
  const reading = { ...options, limits: { ...limits, capturedFileBytes } };
  let running: ReadonlyMap<ContentHash, Hash> | undefined;
  let open: number | undefined;
  for await (const { entry, bytes, isLast } of readContents(source, layer, reading)) {
    // a file that could not be read on never ended
    if (entry !== open) running = undefined;
    open = entry;
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
