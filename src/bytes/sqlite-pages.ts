import { Cursor } from './cursor.ts';

/** A database that is none, or that breaks off; the message says what was found. */
export class SqliteError extends Error {
  override readonly name = 'SqliteError';
}

/** Pages of a database file (https://www.sqlite.org/fileformat2.html), those of its write-ahead log in front. */
export interface SqlitePages {
  /** Bytes of a page that hold content: the page size less the reserved end. */
  readonly usable: number;
  readonly count: number;
  /** The whole page, numbered from 1. Throws SqliteError where it lies outside of the file. */
  page(number: number): Uint8Array;
}

const MAGIC = 'SQLite format 3\0';
const HEADER_BYTES = 100;
const PAGE_SIZE_OFFSET = 16;
const RESERVED_OFFSET = 20;
const ENCODING_OFFSET = 56;
const UTF_8 = 1;

/**
 * Opens a database from its bytes. `log` is the `-wal` file beside it: what was committed there and not yet written back
 * stands in for pages of the file, which may lack them altogether.
 */
export function openSqlitePages(file: Uint8Array, log: Uint8Array | undefined): SqlitePages {
  const frames = log === undefined ? undefined : readLog(log);
  const size = frames?.pageSize ?? pageSizeOf(file);
  const read = (number: number): Uint8Array => {
    const frame = frames?.pages.get(number);
    if (frame !== undefined) return frame;
    const start = (number - 1) * size;
    if (number < 1 || start + size > file.length) throw new SqliteError(`page ${number} lies outside of the file`);
    return file.subarray(start, start + size);
  };
  const first = read(1);
  if (pageSizeOf(first) !== size) throw new SqliteError('the page sizes of database and log differ');
  const encoding = new Cursor(first, 'big').seek(ENCODING_OFFSET).u32();
  if (encoding > UTF_8) throw new SqliteError('the text is not UTF-8');
  const usable = size - (first[RESERVED_OFFSET] ?? 0);
  if (usable < 480) throw new SqliteError('the reserved part of pages is too large');
  return { usable, count: Math.max(Math.floor(file.length / size), frames?.count ?? 0), page: read };
}

function pageSizeOf(file: Uint8Array): number {
  if (file.length < HEADER_BYTES || !startsWith(file, MAGIC)) throw new SqliteError('this is no SQLite database');
  const stated = new Cursor(file, 'big').seek(PAGE_SIZE_OFFSET).u16();
  return checkedPageSize(stated === 1 ? 65_536 : stated);
}

function checkedPageSize(size: number): number {
  if (size < 512 || size > 65_536 || (size & (size - 1)) !== 0) throw new SqliteError(`${size} is no page size`);
  return size;
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, text.length).toString('latin1') === text;
}

interface LogPages {
  readonly pageSize: number;
  readonly pages: ReadonlyMap<number, Uint8Array>;
  /** Pages of the database after the last commit. */
  readonly count: number;
}

const LOG_HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
/** The last bit tells in which byte order checksums were computed. */
const LOG_MAGIC = 0x377f0682;

/**
 * The committed frames of a write-ahead log (https://www.sqlite.org/fileformat2.html#walformat): those whose salts and
 * running checksum are right, up to the last one that ends a transaction. Undefined for a log without any.
 */
function readLog(log: Uint8Array): LogPages | undefined {
  if (log.length < LOG_HEADER_BYTES) return undefined;
  const header = new Cursor(log, 'big');
  const magic = header.u32();
  if ((magic & ~1) >>> 0 !== LOG_MAGIC) return undefined;
  const pageSize = checkedPageSize(header.skip(4).u32());
  const salts: Sum = [header.skip(4).u32(), header.u32()];
  const littleEndian = (magic & 1) === 0;
  let sum = checksum(log.subarray(0, 24), [0, 0], littleEndian);
  if (!equals(sum, [header.u32(), header.u32()])) return undefined;

  const pages = new Map<number, Uint8Array>();
  let pending: [number, Uint8Array][] = [];
  let count = 0;
  while (header.remaining >= FRAME_HEADER_BYTES + pageSize) {
    const start = header.position;
    const number = header.u32();
    const afterCommit = header.u32();
    const frameSalts: Sum = [header.u32(), header.u32()];
    const stated: Sum = [header.u32(), header.u32()];
    const page = header.bytes(pageSize);
    sum = checksum(page, checksum(log.subarray(start, start + 8), sum, littleEndian), littleEndian);
    if (!equals(frameSalts, salts) || !equals(sum, stated)) break;
    pending.push([number, page]);
    if (afterCommit === 0) continue;
    for (const [committed, content] of pending) pages.set(committed, content);
    pending = [];
    count = afterCommit;
  }
  return pages.size === 0 ? undefined : { pageSize, pages, count };
}

type Sum = readonly [number, number];

function checksum(bytes: Uint8Array, from: Sum, littleEndian: boolean): Sum {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let [first, second] = from;
  for (let at = 0; at + 8 <= bytes.length; at += 8) {
    first = (first + view.getUint32(at, littleEndian) + second) >>> 0;
    second = (second + view.getUint32(at + 4, littleEndian) + first) >>> 0;
  }
  return [first, second];
}

function equals(left: Sum, right: Sum): boolean {
  return left[0] === right[0] && left[1] === right[1];
}
