import { PlimsollError } from '../../errors.ts';
import type { Section } from '../advisory-bundle.ts';
import { LARGEST_BLOCK } from './advisory-blocks.ts';
import { checkTable, tableSize, textItem } from './byte-table.ts';
import { SectionFormatError } from './columns.ts';
import { DECIDED_BY_CALLER } from './find-rows.ts';
import { readAdvisoryColumns } from './open-advisories.ts';
import { readQualifiers, readSegment } from './open-segment.ts';
import type { SegmentColumns } from './segment-columns.ts';
import { KNOWN_ROW_FLAGS, NONE, ROW } from './segment-format.ts';

/**
 * One linear pass over an index section: every offset, number and text is in bounds and in order, so that readers need
 * no further checks. Sections of other types are left alone. Throws PLM_BUNDLE_INDEX.
 */
export function validateIndexSection(section: Section): void {
  try {
    if (section.type === 'segment') validateSegment(section);
    else if (section.type === 'advisories') validateAdvisories(section.bytes);
  } catch (error) {
    if (!(error instanceof SectionFormatError)) throw error;
    throw new PlimsollError('PLM_BUNDLE_INDEX', `section ${section.type} ${section.key}: ${error.message}`, {
      hint: 'The bundle was built wrongly or by another program; build it again.',
      cause: error,
    });
  }
}

function validateSegment({ key, bytes }: Section): void {
  const { ecosystem, columns } = readSegment(bytes);
  if (ecosystem !== key) throw new SectionFormatError(`segment is of ${ecosystem}`);
  checkTable(columns.names, 'names', { increasing: true, utf8: true });
  checkTable(columns.versions, 'versions', { increasing: false, utf8: true });
  checkTable(columns.keys, 'keys', { increasing: true, utf8: false });
  checkTable(columns.advisoryIds, 'advisory ids', { increasing: false, utf8: true });
  checkTable(columns.sources, 'sources', { increasing: true, utf8: true });
  checkTable(columns.qualifiers, 'qualifiers', { increasing: false, utf8: true });
  const rows = columns.flags.length;
  checkRowStarts(columns.rowStart, tableSize(columns.names), rows);
  const versions = tableSize(columns.versions);
  checkNumbers(columns.low, 'lower bounds', { count: rows, below: versions, none: true });
  checkNumbers(columns.high, 'upper bounds', { count: rows, below: versions, none: true });
  checkNumbers(columns.fixed, 'fixed versions', { count: rows, below: versions, none: true });
  checkNumbers(columns.advisory, 'advisories', { count: rows, below: tableSize(columns.advisoryIds), none: false });
  checkNumbers(columns.qualifier, 'qualifiers', { count: rows, below: tableSize(columns.qualifiers), none: false });
  checkNumbers(columns.versionKey, 'keys of versions', { count: versions, below: tableSize(columns.keys), none: true });
  checkNumbers(columns.advisorySource, 'sources of advisories', {
    count: tableSize(columns.advisoryIds),
    below: tableSize(columns.sources),
    none: false,
  });
  checkFlags(columns);
  if (tableSize(columns.qualifiers) === 0 || textItem(columns.qualifiers, 0) !== '{}') {
    throw new SectionFormatError('the first qualifiers are not empty');
  }
  for (let index = 1; index < tableSize(columns.qualifiers); index++) readQualifiers(columns, index);
}

/** Rows that keys decide must have keys. */
function checkFlags({ flags, low, high, versionKey }: SegmentColumns): void {
  const keyed = (version: number | undefined) =>
    version === undefined || version === NONE || versionKey[version] !== NONE;
  for (const [row, bits] of flags.entries()) {
    if (bits > KNOWN_ROW_FLAGS) throw new SectionFormatError('a row has flags this program does not know');
    if ((bits & DECIDED_BY_CALLER) !== 0) continue;
    if (!keyed(low[row]) || !keyed(high[row]))
      throw new SectionFormatError('a row is decided by keys it does not have');
    if ((bits & ROW.exact) !== 0 && low[row] === NONE) throw new SectionFormatError('a listed version is missing');
  }
}

function checkRowStarts(starts: Uint32Array, names: number, rows: number): void {
  if (starts.length !== names + 1 || starts[0] !== 0 || starts.at(-1) !== rows) {
    throw new SectionFormatError('names do not span the rows');
  }
  for (let index = 1; index < starts.length; index++) {
    if ((starts[index] ?? 0) <= (starts[index - 1] ?? 0)) throw new SectionFormatError('a name has no rows');
  }
}

interface NumberRule {
  readonly count: number;
  readonly below: number;
  readonly none: boolean;
}

function checkNumbers(column: Uint32Array, what: string, { count, below, none }: NumberRule): void {
  if (column.length !== count) throw new SectionFormatError(`${what}: ${column.length} instead of ${count}`);
  for (const value of column) {
    if (value >= below && !(none && value === NONE)) throw new SectionFormatError(`${what}: ${value} is out of range`);
  }
}

function validateAdvisories(bytes: Uint8Array): void {
  const columns = readAdvisoryColumns(bytes);
  const records = tableSize(columns.ids);
  const blocks = tableSize(columns.blocks);
  checkTable(columns.ids, 'advisory ids', { increasing: true, utf8: true });
  checkTable(columns.blocks, 'blocks', { increasing: false, utf8: false });
  checkNumbers(columns.block, 'blocks of records', { count: records, below: blocks, none: false });
  checkNumbers(columns.blockLength, 'block lengths', { count: blocks, below: LARGEST_BLOCK + 1, none: false });
  if (columns.offset.length !== records || columns.length.length !== records) {
    throw new SectionFormatError('records without a place');
  }
  for (let index = 0; index < records; index++) {
    const end = (columns.offset[index] ?? 0) + (columns.length[index] ?? 0);
    if (end > (columns.blockLength[columns.block[index] ?? 0] ?? 0)) {
      throw new SectionFormatError('a record goes past its block');
    }
  }
}
