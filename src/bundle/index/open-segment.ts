import { isRecord, parseJson, textField, textMap } from '../../bytes/json.ts';
import { isSchemeId, schemeById } from '../../versions/ecosystem.ts';
import type { VersionScheme } from '../../versions/scheme.ts';
import { type ByteTable, positionIn, tableSize, textItem } from './byte-table.ts';
import { numbersOf, readColumns, SectionFormatError } from './columns.ts';
import { holdsPosition } from './find-rows.ts';
import type { SegmentColumns } from './segment-columns.ts';
import { KEY_GENERATION, NONE, nameKey, ROW, SEGMENT, SEGMENT_COLUMNS, SEGMENT_MAGIC } from './segment-format.ts';

/** A row as text: what the record says about the package. */
export interface SegmentEntry {
  readonly advisory: string;
  readonly source: string;
  readonly low: string | undefined;
  readonly high: string | undefined;
  readonly fixed: string | undefined;
  readonly flags: number;
  readonly qualifiers: Readonly<Record<string, string>>;
}

/** Whether a version lies in a row; `undecided` where the scheme cannot compare them. */
type Inside = 'inside' | 'outside' | 'undecided';

/** A reader over the columns of one segment. Rows are numbers. */
export interface Segment {
  readonly ecosystem: string;
  readonly scheme: VersionScheme;
  readonly columns: SegmentColumns;
  /** First row of a package name and the row after its last; both 0 where the segment does not have the name. */
  rowsOf(name: string): readonly [number, number];
  /** Position of a version among the keys (see `positionIn`), or undefined where it has no key. */
  positionOf(version: string): number | undefined;
  /** Whether a version, with its position, lies in a row of intervals or listed versions. */
  holds(row: number, version: string, position: number | undefined): Inside;
  entry(row: number): SegmentEntry;
  /** The version that fixes a row's interval, where it ends with a fix. */
  fixOf(row: number): string | undefined;
  /** Feeds its advisories come from: `osv/Debian`. */
  readonly sources: readonly string[];
}

/** Opens a segment that was validated at import. Throws SectionFormatError for bytes that are none. */
export function openSegment(bytes: Uint8Array): Segment {
  const { ecosystem, scheme, columns } = readSegment(bytes);
  const sources = Array.from({ length: tableSize(columns.sources) }, (_, index) => textItem(columns.sources, index));
  return {
    ecosystem,
    scheme,
    columns,
    rowsOf(name) {
      const position = positionIn(columns.names, nameKey(ecosystem, name));
      if (position % 2 === 0) return [0, 0];
      const index = (position - 1) / 2;
      return [columns.rowStart[index] ?? 0, columns.rowStart[index + 1] ?? 0];
    },
    positionOf(version) {
      const key = scheme.encode?.(version);
      return key === undefined ? undefined : positionIn(columns.keys, key);
    },
    holds: (row, version, position) => holds({ columns, scheme, row, version, position }),
    entry: (row) => entryOf(columns, row),
    fixOf: (row) => versionText(columns, columns.fixed[row]),
    sources,
  };
}

/** Header and columns of a segment. */
export function readSegment(bytes: Uint8Array) {
  const raw = readColumns(SEGMENT_MAGIC, bytes, SEGMENT_COLUMNS);
  const table = (column: number): ByteTable => ({
    bytes: raw[column] ?? new Uint8Array(),
    offsets: numbersOf(raw[column + 1]),
  });
  const header = parseJson(new TextDecoder().decode(raw[SEGMENT.header]), 2);
  const ecosystem = isRecord(header) ? textField(header, 'ecosystem') : undefined;
  const schemeId = isRecord(header) ? textField(header, 'scheme') : undefined;
  if (!isRecord(header) || ecosystem === undefined || schemeId === undefined || !isSchemeId(schemeId)) {
    throw new SectionFormatError('segment header names no ecosystem and scheme this program knows');
  }
  if (header['keys'] !== KEY_GENERATION) throw new SectionFormatError('segment has keys of another generation');
  const columns: SegmentColumns = {
    names: table(SEGMENT.names),
    rowStart: numbersOf(raw[SEGMENT.rowStart]),
    low: numbersOf(raw[SEGMENT.low]),
    high: numbersOf(raw[SEGMENT.high]),
    fixed: numbersOf(raw[SEGMENT.fixed]),
    flags: raw[SEGMENT.flags] ?? new Uint8Array(),
    advisory: numbersOf(raw[SEGMENT.advisory]),
    qualifier: numbersOf(raw[SEGMENT.qualifier]),
    versions: table(SEGMENT.versions),
    versionKey: numbersOf(raw[SEGMENT.versionKey]),
    keys: table(SEGMENT.keys),
    advisoryIds: table(SEGMENT.advisoryIds),
    advisorySource: numbersOf(raw[SEGMENT.advisorySource]),
    sources: table(SEGMENT.sources),
    qualifiers: table(SEGMENT.qualifiers),
  };
  return { ecosystem, scheme: schemeById(schemeId), columns };
}

interface Question {
  readonly columns: SegmentColumns;
  readonly scheme: VersionScheme;
  readonly row: number;
  readonly version: string;
  readonly position: number | undefined;
}

function holds(question: Question): Inside {
  const { columns, row, position } = question;
  const flags = columns.flags[row] ?? 0;
  if (position === undefined || (flags & ROW.runtime) !== 0) return compareTexts(question, flags);
  return holdsPosition(columns, row, position) ? 'inside' : 'outside';
}

function compareTexts({ columns, scheme, row, version }: Question, flags: number): Inside {
  const low = versionText(columns, columns.low[row]);
  const high = versionText(columns, columns.high[row]);
  if ((flags & ROW.exact) !== 0) {
    return low === version || (low !== undefined && scheme.compare(version, low) === 0) ? 'inside' : 'outside';
  }
  const fromLow = low === undefined ? 1 : scheme.compare(version, low);
  const toHigh = high === undefined ? -1 : scheme.compare(version, high);
  if (fromLow === -1 || toHigh === 1) return 'outside';
  if (toHigh === 0 && (flags & ROW.highInclusive) === 0) return 'outside';
  return fromLow === undefined || toHigh === undefined ? 'undecided' : 'inside';
}

function versionText(columns: SegmentColumns, version: number | undefined): string | undefined {
  return version === undefined || version === NONE ? undefined : textItem(columns.versions, version);
}

function entryOf(columns: SegmentColumns, row: number): SegmentEntry {
  const advisory = columns.advisory[row] ?? 0;
  return {
    advisory: textItem(columns.advisoryIds, advisory),
    source: textItem(columns.sources, columns.advisorySource[advisory] ?? 0),
    low: versionText(columns, columns.low[row]),
    high: versionText(columns, columns.high[row]),
    fixed: versionText(columns, columns.fixed[row]),
    flags: columns.flags[row] ?? 0,
    qualifiers: readQualifiers(columns, columns.qualifier[row] ?? 0),
  };
}

/** The qualifiers a row refers to. Throws SectionFormatError where they are no JSON object. */
export function readQualifiers(columns: SegmentColumns, index: number): Readonly<Record<string, string>> {
  if (index === 0) return {};
  const parsed = parseJson(textItem(columns.qualifiers, index), 2);
  if (!isRecord(parsed)) throw new SectionFormatError('qualifiers of a row are no object');
  return textMap(parsed);
}

/** Names of a segment in their order, for searches and for comparing two bundles. */
export function* segmentNames(segment: Segment): Generator<string> {
  for (let index = 0; index < tableSize(segment.columns.names); index++) yield textItem(segment.columns.names, index);
}
