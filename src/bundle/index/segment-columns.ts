import type { ByteTable } from './byte-table.ts';

/** The columns of an opened segment, viewed in place. */
export interface SegmentColumns {
  readonly names: ByteTable;
  readonly rowStart: Uint32Array;
  readonly low: Uint32Array;
  readonly high: Uint32Array;
  readonly fixed: Uint32Array;
  readonly flags: Uint8Array;
  readonly advisory: Uint32Array;
  readonly qualifier: Uint32Array;
  readonly versions: ByteTable;
  readonly versionKey: Uint32Array;
  readonly keys: ByteTable;
  readonly advisoryIds: ByteTable;
  readonly advisorySource: Uint32Array;
  readonly sources: ByteTable;
  readonly qualifiers: ByteTable;
}
