import type { Section } from './advisory-bundle.ts';
import { tableSize } from './index/byte-table.ts';
import { readSegment } from './index/open-segment.ts';
import type { EcosystemCount } from './trust/release.ts';

/** What each segment really holds, by ecosystem: taken from the index itself, at build and again at import. */
export function countSegments(sections: Iterable<Section>): ReadonlyMap<string, EcosystemCount> {
  const counts = new Map<string, EcosystemCount>();
  for (const { type, key, bytes } of sections) if (type === 'segment') counts.set(key, countSegment(bytes));
  return counts;
}

/** Advisories and rows of one segment. Throws SectionFormatError for bytes that are none. */
export function countSegment(bytes: Uint8Array): EcosystemCount {
  const { columns } = readSegment(bytes);
  return { advisories: tableSize(columns.advisoryIds), rows: columns.flags.length };
}
