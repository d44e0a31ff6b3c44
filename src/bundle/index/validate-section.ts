import { PlimsollError } from '../../errors.ts';
import type { Section } from '../advisory-bundle.ts';
import { LARGEST_BLOCK } from './advisory-blocks.ts';
import { checkTable, tableSize, textItem } from './byte-table.ts';
import { SectionFormatError } from './columns.ts';
import { readAdvisoryColumns } from './open-advisories.ts';
import { readSegment } from './open-segment.ts';
import { KNOWN_ROW_FLAGS, NONE } from './segment-format.ts';

/**
 * One linear pass over an index section: every offset, number and text is in bounds and in order, so that readers need
 * no further checks. Sections of other types are left alone. Throws PLM_BUNDLE_INDEX.
 */
export function validateSection(section: Section): void {
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
  for (const flags of columns.flags) {
    if (flags > KNOWN_ROW_FLAGS) throw new SectionFormatError('a row has flags this program does not know');
  }
  if (tableSize(columns.qualifiers) === 0 || textItem(columns.qualifiers, 0) !== '{}') {
    throw new SectionFormatError('the first qualifiers are not empty');
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
