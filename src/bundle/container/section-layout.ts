import { PlimsollError } from '../../errors.ts';
import type { SectionEntry, StoredSection } from '../trust/release.ts';
import type { ByteSource } from './byte-source.ts';
import { assertZeros } from './envelope.ts';
import { alignToPage } from './header.ts';

/** A section whose bytes are in the file. */
export type StoredEntry = SectionEntry & { readonly stored: StoredSection };

export function isStored(entry: SectionEntry): entry is StoredEntry {
  return entry.stored !== undefined;
}

/**
 * Refuses a file in which sections overlap, leave gaps, stand out of order, or do not end where the file ends: every byte of
 * the file is hashed or zero. Throws PLM_BUNDLE_FORMAT, PLM_BUNDLE_TRUNCATED or PLM_BUNDLE_TRAILING.
 */
export function assertSectionLayout(source: ByteSource, areaStart: number, sections: readonly SectionEntry[]): void {
  let end = 0;
  for (const entry of sections.filter(isStored)) {
    const { offset, size } = entry.stored;
    if (offset !== alignToPage(end)) {
      throw new PlimsollError(
        'PLM_BUNDLE_FORMAT',
        `section ${entry.type} "${entry.key}" does not follow the one before it`,
      );
    }
    if (areaStart + offset + size > source.size) {
      throw new PlimsollError('PLM_BUNDLE_TRUNCATED', `section ${entry.type} "${entry.key}" reaches beyond the file`);
    }
    assertZeros(source, areaStart + end, areaStart + offset);
    end = offset + size;
  }
  const expected = end === 0 ? areaStart : areaStart + end;
  if (source.size !== expected) throw new PlimsollError('PLM_BUNDLE_TRAILING', 'bytes follow the last section');
}
