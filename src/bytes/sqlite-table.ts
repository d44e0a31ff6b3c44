import { BoundsError, Cursor } from './cursor.ts';
import { SqliteError, type SqlitePages } from './sqlite-pages.ts';

/** A column value; the integer primary key of a table is stored as null and found in `rowid`. */
type SqliteValue = string | number | Uint8Array | null;

interface SqliteRow {
  readonly rowid: number;
  readonly values: readonly SqliteValue[];
}

/** A row, or what was lost where one or a whole page of them could not be read. */
export type SqliteRead = { readonly row: SqliteRow } | { readonly lost: string };

const FILE_HEADER_BYTES = 100;
const LEAF = 0x0d;
const INTERIOR = 0x05;
/** A tree of 64-KiB pages with two children a page would be far larger than any file at this depth. */
const MAX_DEPTH = 40;

/** The rows of a table by name, in order of rowid; undefined where the schema has no such table. */
export function readSqliteTable(pages: SqlitePages, table: string): Iterable<SqliteRead> | undefined {
  const root = rootPageOf(pages, table);
  return root === undefined ? undefined : new TreeWalk(pages).rows(root, 0);
}

/** `sqlite_schema` has its root on page 1: type, name, tbl_name, rootpage, sql. */
function rootPageOf(pages: SqlitePages, table: string): number | undefined {
  for (const read of new TreeWalk(pages).rows(1, 0)) {
    if ('lost' in read) throw new SqliteError(`the schema is damaged: ${read.lost}`);
    const [type, name, , root] = read.row.values;
    if (type === 'table' && name === table && typeof root === 'number') return root;
  }
  return undefined;
}

class TreeWalk {
  readonly #pages: SqlitePages;
  /** Every page belongs to one place of one tree: meeting it again means a loop or a shared page. */
  readonly #visited = new Set<number>();
  /** Bytes of all rows so far: cells of hostile pages share bytes, which would make reading them quadratic. */
  #read = 0;

  constructor(pages: SqlitePages) {
    this.#pages = pages;
  }

  *rows(number: number, depth: number): Generator<SqliteRead> {
    let cells: readonly number[];
    let page: Uint8Array;
    let isLeaf: boolean;
    try {
      page = this.#visit(number);
      ({ cells, isLeaf } = readCellPointers(page, number === 1 ? FILE_HEADER_BYTES : 0));
      if (depth > MAX_DEPTH) throw new SqliteError('the tree is too deep');
    } catch (error) {
      yield { lost: `page ${number}: ${reasonOf(error)}` };
      return;
    }
    for (const cell of cells) {
      if (isLeaf) yield this.#row(page, cell, number);
      else yield* this.rows(childOf(page, cell), depth + 1);
    }
  }

  #row(page: Uint8Array, offset: number, number: number): SqliteRead {
    try {
      const cursor = new Cursor(page, 'big').seek(offset);
      const length = varint(cursor);
      const rowid = varint(cursor);
      return { row: { rowid, values: readRecord(this.#payload(cursor, length)) } };
    } catch (error) {
      return { lost: `a row on page ${number}: ${reasonOf(error)}` };
    }
  }

  /** What does not fit the page goes on in a chain of overflow pages (section 1.6 of the format). */
  #payload(cursor: Cursor, length: number): Uint8Array {
    const usable = this.#pages.usable;
    this.#read += length;
    if (this.#read > this.#pages.count * usable) throw new SqliteError('rows overlap or exceed the file');
    if (length <= usable - 35) return cursor.bytes(length);
    const least = Math.floor(((usable - 12) * 32) / 255) - 23;
    const wanted = least + ((length - least) % (usable - 4));
    const local = cursor.bytes(wanted <= usable - 35 ? wanted : least);
    const parts = [local];
    let missing = length - local.length;
    let next = cursor.u32();
    while (missing > 0) {
      const overflow = new Cursor(this.#visit(next), 'big');
      next = overflow.u32();
      const part = overflow.bytes(Math.min(usable - 4, missing));
      parts.push(part);
      missing -= part.length;
    }
    return Buffer.concat(parts, length);
  }

  #visit(number: number): Uint8Array {
    if (this.#visited.has(number)) throw new SqliteError(`page ${number} is used twice`);
    this.#visited.add(number);
    return this.#pages.page(number);
  }
}

/** Offsets of the cells of a table page; for an interior page the right-most child follows as the offset in its header. */
function readCellPointers(
  page: Uint8Array,
  start: number,
): { readonly cells: readonly number[]; readonly isLeaf: boolean } {
  const cursor = new Cursor(page, 'big').seek(start);
  const type = cursor.u8();
  if (type !== LEAF && type !== INTERIOR) throw new SqliteError(`type ${type} is no table page`);
  const count = cursor.skip(2).u16();
  const rightChild = start + 8;
  cursor.seek(type === LEAF ? rightChild : rightChild + 4);
  const cells = Array.from({ length: count }, () => cursor.u16());
  return type === LEAF ? { cells, isLeaf: true } : { cells: [...cells, rightChild], isLeaf: false };
}

/** The page number of a child; 0, which is no page, where the cell lies outside. */
function childOf(page: Uint8Array, offset: number): number {
  return offset + 4 > page.length ? 0 : new Cursor(page, 'big').seek(offset).u32();
}

/** Section 2.1 of the format: a header of serial types, then the values. */
function readRecord(payload: Uint8Array): SqliteValue[] {
  const header = new Cursor(payload, 'big');
  const headerSize = varint(header);
  const body = new Cursor(payload, 'big').seek(headerSize);
  const values: SqliteValue[] = [];
  while (header.position < headerSize) values.push(readValue(varint(header), body));
  return values;
}

const INTEGER_BYTES = [0, 1, 2, 3, 4, 6, 8];

function readValue(type: number, body: Cursor): SqliteValue {
  if (type === 0) return null;
  if (type === 7) {
    const bytes = body.bytes(8);
    return new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0);
  }
  if (type === 8 || type === 9) return type - 8;
  if (type < 7) return integer(body.bytes(INTEGER_BYTES[type] ?? 0));
  if (type < 12) throw new SqliteError(`serial type ${type} is reserved`);
  const bytes = body.bytes(Math.floor((type - 12) / 2));
  return type % 2 === 0 ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
}

/** Two's complement, big endian; beyond 2^53 the number loses its last bits, which no caller looks at. */
function integer(bytes: Uint8Array): number {
  let value = (bytes[0] ?? 0) >= 0x80 ? -1 : 0;
  for (const byte of bytes) value = value * 256 + byte;
  return value;
}

/** Up to nine bytes, seven bits each, the ninth whole. */
function varint(cursor: Cursor): number {
  let value = 0;
  for (let index = 0; index < 8; index += 1) {
    const byte = cursor.u8();
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return value;
  }
  return value * 256 + cursor.u8();
}

function reasonOf(error: unknown): string {
  if (error instanceof SqliteError || error instanceof BoundsError) return error.message;
  throw error;
}
