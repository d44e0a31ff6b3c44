import type { RowQuery } from '../bundle/index/find-rows.ts';
import type { Segment } from '../bundle/index/open-segment.ts';
import { nameKey } from '../bundle/index/segment-format.ts';
import type { VersionScheme } from '../versions/scheme.ts';
import { SegmentMemory } from '../wasm/segment-rows.ts';
import { createKeyWriters, type KeyWriter } from '../wasm/version-key.ts';
import type { BundleReader } from './bundle-reader.ts';
import type { Candidate } from './candidates.ts';

/**
 * The rows that may hold each candidate, ascending: the segments are loaded into WebAssembly memory once, every version
 * is encoded once, and each segment answers all its candidates in one call. A candidate without rows is absent.
 */
export function rowsOfCandidates(
  candidates: Iterable<Candidate>,
  reader: BundleReader,
): ReadonlyMap<Candidate, readonly number[]> {
  const bySegment = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const group = bySegment.get(candidate.segment);
    if (group === undefined) bySegment.set(candidate.segment, [candidate]);
    else group.push(candidate);
  }
  const memory = new SegmentMemory();
  const writers = createKeyWriters();
  const rows = new Map<Candidate, number[]>();
  for (const [key, group] of bySegment) {
    const segment = reader.segment(key);
    if (segment === undefined) continue;
    const queries = group.map((candidate) => queryFor(candidate, segment, writers.get(segment.scheme.id)));
    const pairs = memory.load(segment.columns).find(queries);
    for (let i = 0; i < pairs.length; i += 2) {
      const candidate = group[pairs[i] ?? 0];
      if (candidate === undefined) continue;
      const found = rows.get(candidate);
      if (found === undefined) rows.set(candidate, [pairs[i + 1] ?? 0]);
      else found.push(pairs[i + 1] ?? 0);
    }
  }
  return rows;
}

function queryFor({ name, version }: Candidate, segment: Segment, writer: KeyWriter | undefined): RowQuery {
  return { name: nameKey(segment.ecosystem, name), key: keyOf(segment.scheme, version, writer) };
}

/** The kernel's key where it takes the text, else the scheme's own; they are the same bytes. */
function keyOf(scheme: VersionScheme, version: string, writer: KeyWriter | undefined): Uint8Array | undefined {
  return writer?.write(version)?.slice() ?? scheme.encode?.(version);
}
