import { lookupName } from '../../versions/ecosystem.ts';

/**
 * A segment: the affected version ranges of one OSV ecosystem (`Debian:12`, `npm`) as columns. Rows of one name lie
 * together; a row is one interval of versions, one listed version or one verdict "not affected".
 */
export const SEGMENT_MAGIC = 'PLSG';

/** Column numbers. Tables take two columns: bytes, then offsets. */
export const SEGMENT = {
  /** JSON: `ecosystem`, `scheme`, `keys` (generation of the key encodings). */
  header: 0,
  /** Lookup names, strictly increasing. */
  names: 1,
  /** First row of each name, and the number of rows. */
  rowStart: 3,
  /** Version id of the inclusive lower bound, or NONE. */
  low: 4,
  /** Version id of the upper bound, or NONE. */
  high: 5,
  /** Version id of the version that fixes, or NONE. */
  fixed: 6,
  /** Bits of ROW, one byte a row. */
  flags: 7,
  advisory: 8,
  qualifier: 9,
  /** Versions as the feed writes them, by key and then text. */
  versions: 10,
  /** Index of the version's key, or NONE where it has none and is compared at run time. */
  versionKey: 12,
  /** Order-preserving keys, strictly increasing. */
  keys: 13,
  advisoryIds: 15,
  /** Index of the feed of each advisory. */
  advisorySource: 17,
  sources: 18,
  /** Canonical JSON of the qualifiers of a row; the first is `{}`. */
  qualifiers: 20,
} as const;

export const SEGMENT_COLUMNS = 22;

export const NONE = 0xffffffff;

/** What a row says. */
export const ROW = {
  /** The upper bound is affected itself (`last_affected`). */
  highInclusive: 1,
  /** One listed version: `low`. */
  exact: 2,
  /** A bound has no key, or the events could not be sorted: compare the texts. */
  runtime: 4,
  /** The record states that no version of the package is affected. */
  unaffected: 8,
  /** The record names the package and neither ranges nor versions. */
  unstated: 16,
} as const;

export const KNOWN_ROW_FLAGS = 31;

/** Generation of the key encodings; a segment of another one is refused rather than compared wrongly. */
export const KEY_GENERATION = 1;

const encoder = new TextEncoder();

/** The bytes under which a name of an ecosystem is filed. */
export function nameKey(ecosystem: string, name: string): Uint8Array {
  return encoder.encode(lookupName(ecosystem, name));
}
