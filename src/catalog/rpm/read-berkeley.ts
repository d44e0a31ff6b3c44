import { BoundsError, Cursor, type Endianness } from '../../bytes/cursor.ts';
import type { StoredHeader } from './stored-header.ts';

/*
 * Berkeley DB hash access method, as rpm uses it for `Packages`
 * (https://github.com/berkeleydb/libdb/blob/master/src/dbinc/db_page.h). Numbers are in the byte order of the machine
 * that wrote the file.
 */
const HASH_MAGIC = 0x00061561;
const BTREE_MAGIC = 0x00053162;
const MAGIC_OFFSET = 12;
const PAGE_SIZE_OFFSET = 20;
const LAST_PAGE_OFFSET = 32;

const PAGE_HEADER_BYTES = 26;
const NEXT_PAGE_OFFSET = 16;
const ENTRIES_OFFSET = 20;
/** Free space of a hash page; on an overflow page the bytes of payload. */
const HIGH_FREE_OFFSET = 22;
const TYPE_OFFSET = 25;

const HASH_PAGE_TYPES = [2, 13];
const OVERFLOW_PAGE = 7;
const INLINE_VALUE = 1;
const OFF_PAGE_VALUE = 3;
/** The record numbered 0 counts records; its value is one number, no header. */
const COUNTER_BYTES = 4;

/** The byte order of a Berkeley DB file, by its magic number; undefined for anything else. */
export function berkeleyByteOrder(file: Uint8Array): Endianness | undefined {
  if (file.length < 512) return undefined;
  for (const order of ['little', 'big'] as const) {
    const magic = new Cursor(file, order).seek(MAGIC_OFFSET).u32();
    if (magic === HASH_MAGIC || magic === BTREE_MAGIC) return order;
  }
  return undefined;
}

/** Every value of every hash page. Overflow pages are used by one value each, so that no chain can go round. */
export function* readBerkeley(file: Uint8Array, order: Endianness): Generator<StoredHeader> {
  const meta = new Cursor(file, order);
  if (meta.seek(MAGIC_OFFSET).u32() !== HASH_MAGIC) {
    yield { lost: 'the file is a Berkeley DB of another kind than a hash: no package was read' };
    return;
  }
  const pageSize = meta.seek(PAGE_SIZE_OFFSET).u32();
  if (pageSize < 512 || pageSize > 65_536 || (pageSize & (pageSize - 1)) !== 0) {
    yield { lost: `${pageSize} is no page size: no package was read` };
    return;
  }
  const stated = meta.seek(LAST_PAGE_OFFSET).u32() + 1;
  const held = Math.floor(file.length / pageSize);
  if (stated > held)
    yield { lost: `the file ends after ${held} of ${stated} pages: packages on the others are missing` };
  const pages = new Pages(file, { order, pageSize, count: Math.min(stated, held) });
  for (let number = 1; number < pages.count; number += 1) yield* pages.values(number);
}

class Pages {
  readonly count: number;
  readonly #file: Uint8Array;
  readonly #order: Endianness;
  readonly #pageSize: number;
  readonly #usedOverflow = new Set<number>();

  constructor(
    file: Uint8Array,
    shape: { readonly order: Endianness; readonly pageSize: number; readonly count: number },
  ) {
    this.#file = file;
    this.#order = shape.order;
    this.#pageSize = shape.pageSize;
    this.count = shape.count;
  }

  /** Entries are pairs of key and value, stored from the end of the page downwards: each ends where the one before starts. */
  *values(number: number): Generator<StoredHeader> {
    const page = this.#page(number);
    if (!HASH_PAGE_TYPES.includes(page.seek(TYPE_OFFSET).u8())) return;
    const entries = page.seek(ENTRIES_OFFSET).u16();
    if (PAGE_HEADER_BYTES + entries * 2 > this.#pageSize) {
      yield { lost: `page ${number} claims ${entries} entries: the packages on it are missing` };
      return;
    }
    page.seek(PAGE_HEADER_BYTES);
    const offsets = Array.from({ length: entries }, () => page.u16());
    if (offsets.some((offset, index) => offset >= (offsets[index - 1] ?? this.#pageSize + 1))) {
      yield { lost: `the entries of page ${number} overlap: the packages on it are missing` };
      return;
    }
    for (let index = 1; index < entries; index += 2) {
      const value = this.#value(page, offsets[index] ?? 0, offsets[index - 1] ?? 0);
      if (value !== undefined) yield 'lost' in value ? { lost: `page ${number}: ${value.lost}` } : value;
    }
  }

  #value(page: Cursor, start: number, end: number): StoredHeader | undefined {
    try {
      const type = page.seek(start).u8();
      if (type === OFF_PAGE_VALUE) {
        const first = page.skip(3).u32();
        return { blob: this.#overflow(first, page.u32()) };
      }
      if (type !== INLINE_VALUE) return { lost: `a value of type ${type} is missing` };
      const blob = page.bytes(end - page.position);
      return blob.length <= COUNTER_BYTES ? undefined : { blob };
    } catch (error) {
      if (error instanceof BoundsError) return { lost: `a package is missing (${error.message})` };
      throw error;
    }
  }

  #overflow(first: number, length: number): Uint8Array {
    const parts: Uint8Array[] = [];
    let missing = length;
    let next = first;
    while (missing > 0) {
      const offset = next * this.#pageSize;
      if (next < 1 || next >= this.count || this.#usedOverflow.has(next)) {
        throw new BoundsError(offset, missing, this.#file.length);
      }
      this.#usedOverflow.add(next);
      const page = this.#page(next);
      if (page.seek(TYPE_OFFSET).u8() !== OVERFLOW_PAGE) throw new BoundsError(offset, missing, this.#file.length);
      next = page.seek(NEXT_PAGE_OFFSET).u32();
      const size = page.seek(HIGH_FREE_OFFSET).u16();
      const part = page.seek(PAGE_HEADER_BYTES).bytes(Math.min(size, missing));
      parts.push(part);
      missing -= part.length;
    }
    return Buffer.concat(parts, length);
  }

  #page(number: number): Cursor {
    const start = number * this.#pageSize;
    return new Cursor(this.#file.subarray(start, start + this.#pageSize), this.#order);
  }
}
