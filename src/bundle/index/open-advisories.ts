import { zstdDecompressSync } from 'node:zlib';
import { isRecord, type JsonRecord, listField, optional, parseJson, textField, textList } from '../../bytes/json.ts';
import type { Advisory, AffectedPackage } from '../../model/advisory.ts';
import { readImports } from '../vulnerable-imports.ts';
import { ADVISORIES, ADVISORIES_COLUMNS, ADVISORIES_MAGIC, LARGEST_BLOCK } from './advisory-blocks.ts';
import type { BorrowedSeverity } from './borrow-severity.ts';
import { type ByteTable, item, positionIn, tableSize, textItem } from './byte-table.ts';
import { numbersOf, readColumns, SectionFormatError } from './columns.ts';

/** An advisory without its long text and its ranges, which the segments hold; `affected` says which packages it names. */
export interface AdvisoryRecord extends Omit<Advisory, 'affected' | 'details'> {
  readonly affected: readonly Pick<AffectedPackage, 'ecosystem' | 'name' | 'imports'>[];
  /** What other records of the bundle say, where this one states no severity. */
  readonly borrowedSeverity?: readonly BorrowedSeverity[];
}

export interface AdvisoryColumns {
  readonly ids: ByteTable;
  readonly block: Uint32Array;
  readonly offset: Uint32Array;
  readonly length: Uint32Array;
  readonly blocks: ByteTable;
  readonly blockLength: Uint32Array;
}

/** The records of one feed, opened one by one. */
export interface AdvisoryReader {
  /** Ids of all records, in order. */
  ids(): Generator<string>;
  /** The record, or undefined where the feed has none of this id. */
  read(id: string): AdvisoryRecord | undefined;
}

/** Opens an `advisories` section that was validated at import. Throws SectionFormatError for bytes that are none. */
export function openAdvisories(bytes: Uint8Array): AdvisoryReader {
  const columns = readAdvisoryColumns(bytes);
  const opened = new Map<number, Uint8Array>();
  const encoder = new TextEncoder();
  const blockBytes = (index: number): Uint8Array => {
    const cached = opened.get(index);
    if (cached !== undefined) return cached;
    const block = decompress(columns, index);
    opened.set(index, block);
    return block;
  };
  return {
    *ids() {
      for (let index = 0; index < tableSize(columns.ids); index++) yield textItem(columns.ids, index);
    },
    read(id) {
      const position = positionIn(columns.ids, encoder.encode(id));
      if (position % 2 === 0) return undefined;
      const index = (position - 1) / 2;
      const start = columns.offset[index] ?? 0;
      const block = blockBytes(columns.block[index] ?? 0);
      return readRecord(new TextDecoder().decode(block.subarray(start, start + (columns.length[index] ?? 0))));
    },
  };
}

/** The columns of an `advisories` section, viewed in place. Throws SectionFormatError for bytes that are none. */
export function readAdvisoryColumns(bytes: Uint8Array): AdvisoryColumns {
  const raw = readColumns(ADVISORIES_MAGIC, bytes, ADVISORIES_COLUMNS);
  const table = (column: number): ByteTable => ({
    bytes: raw[column] ?? new Uint8Array(),
    offsets: numbersOf(raw[column + 1]),
  });
  return {
    ids: table(ADVISORIES.ids),
    block: numbersOf(raw[ADVISORIES.block]),
    offset: numbersOf(raw[ADVISORIES.offset]),
    length: numbersOf(raw[ADVISORIES.length]),
    blocks: table(ADVISORIES.blocks),
    blockLength: numbersOf(raw[ADVISORIES.blockLength]),
  };
}

function decompress(columns: AdvisoryColumns, index: number): Uint8Array {
  const wanted = columns.blockLength[index] ?? 0;
  if (wanted > LARGEST_BLOCK) throw new SectionFormatError(`block ${index} is larger than any block may be`);
  const block = zstdDecompressSync(item(columns.blocks, index), { maxOutputLength: Math.max(wanted, 1) });
  if (block.length !== wanted) throw new SectionFormatError(`block ${index} has another length than stated`);
  return block;
}

const RECORD_DEPTH = 6;
const SEVERITY_TYPES: ReadonlySet<string> = new Set(['CVSS_V2', 'CVSS_V3', 'CVSS_V4', 'Ubuntu']);

function readRecord(text: string): AdvisoryRecord {
  const record = parseJson(text, RECORD_DEPTH);
  const id = isRecord(record) ? textField(record, 'id') : undefined;
  const source = isRecord(record) ? textField(record, 'source') : undefined;
  if (!isRecord(record) || id === undefined || source === undefined)
    throw new SectionFormatError('advisory record has no id');
  return {
    id,
    source,
    aliases: textList(record, 'aliases'),
    related: textList(record, 'related'),
    upstream: textList(record, 'upstream'),
    modified: textField(record, 'modified') ?? '',
    severity: listField(record, 'severity').filter(isSeverity),
    cwes: textList(record, 'cwes'),
    references: textList(record, 'references'),
    affected: listField(record, 'affected').filter(isNamed).map(named),
    ...borrowed(record),
    ...optional('published', textField(record, 'published')),
    ...optional('summary', textField(record, 'summary')),
    ...optional('severityWord', textField(record, 'severityWord')),
  };
}

function isSeverity(value: unknown): value is Advisory['severity'][number] {
  return isRecord(value) && typeof value['score'] === 'string' && SEVERITY_TYPES.has(textField(value, 'type') ?? '');
}

function borrowed(record: JsonRecord): Pick<AdvisoryRecord, 'borrowedSeverity'> {
  const borrowedSeverity = listField(record, 'borrowedSeverity').flatMap((entry) => {
    const from = isRecord(entry) ? textField(entry, 'from') : undefined;
    return isRecord(entry) && isSeverity(entry) && from !== undefined
      ? [{ type: entry.type, score: entry.score, from, names: textList(entry, 'names') }]
      : [];
  });
  return borrowedSeverity.length === 0 ? {} : { borrowedSeverity };
}

type Named = JsonRecord & { readonly ecosystem: string; readonly name: string };

function isNamed(value: unknown): value is Named {
  return isRecord(value) && typeof value['ecosystem'] === 'string' && typeof value['name'] === 'string';
}

function named({ ecosystem, name, imports }: Named): AdvisoryRecord['affected'][number] {
  return { ecosystem, name, ...optional('imports', readImports(imports)) };
}
