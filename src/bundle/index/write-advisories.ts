import { constants, zstdCompressSync } from 'node:zlib';
import { compareKeys } from '../../versions/version-key.ts';
import { ADVISORIES_MAGIC, BLOCK_BYTES } from './advisory-blocks.ts';
import { writeTable } from './byte-table.ts';
import { numberColumn, writeColumns } from './columns.ts';

export interface WrittenRecord {
  readonly id: string;
  /** Records that are reported together have near keys, so that they share blocks. */
  readonly near: string;
  /** UTF-8 JSON of an AdvisoryRecord. */
  readonly json: Uint8Array;
}

interface Place {
  readonly block: number;
  readonly offset: number;
  readonly length: number;
}

const LEVEL = 12;

/** The bytes of an `advisories` section. Ids must be distinct. */
export function writeAdvisories(records: readonly WrittenRecord[]): Uint8Array {
  const blocks: Uint8Array[] = [];
  const lengths: number[] = [];
  const places = new Map<string, Place>();
  let pending: Uint8Array[] = [];
  let size = 0;
  const close = () => {
    if (size === 0) return;
    blocks.push(compress(Buffer.concat(pending, size)));
    lengths.push(size);
    pending = [];
    size = 0;
  };
  for (const { id, json } of records.toSorted(byPlace)) {
    places.set(id, { block: blocks.length, offset: size, length: json.length });
    pending.push(json);
    size += json.length;
    if (size >= BLOCK_BYTES) close();
  }
  close();
  const encoder = new TextEncoder();
  const ids = [...places].map(([id, place]) => ({ key: encoder.encode(id), place }));
  ids.sort((a, b) => compareKeys(a.key, b.key));
  return writeColumns(ADVISORIES_MAGIC, [
    ...writeTable(ids.map(({ key }) => key)),
    numberColumn(ids.map(({ place }) => place.block)),
    numberColumn(ids.map(({ place }) => place.offset)),
    numberColumn(ids.map(({ place }) => place.length)),
    ...writeTable(blocks),
    numberColumn(lengths),
  ]);
}

function byPlace(a: WrittenRecord, b: WrittenRecord): number {
  if (a.near !== b.near) return a.near < b.near ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

function compress(block: Uint8Array): Uint8Array {
  return zstdCompressSync(block, { params: { [constants.ZSTD_c_compressionLevel]: LEVEL } });
}
