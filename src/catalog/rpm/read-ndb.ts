import { BoundsError, Cursor } from '../../bytes/cursor.ts';
import type { StoredHeader } from './stored-header.ts';

/*
 * rpm's own `Packages.db` (https://github.com/rpm-software-management/rpm/blob/rpm-4.19.x/lib/backend/ndb/rpmpkg.c).
 * Everything is little endian.
 */
const HEADER_MAGIC = 0x506d7052;
const SLOT_MAGIC = 0x746f6c53;
const BLOB_MAGIC = 0x53626c42;
const SLOT_PAGE_BYTES = 4096;
const SLOT_BYTES = 16;
/** The header takes the place of the first two slots. */
const FIRST_SLOT_OFFSET = 32;
const BLOCK_BYTES = 16;
const BLOB_HEADER_BYTES = 16;

export function isNdb(file: Uint8Array): boolean {
  return file.length >= FIRST_SLOT_OFFSET && new Cursor(file, 'little').u32() === HEADER_MAGIC;
}

/** The blob behind every used slot. */
export function* readNdb(file: Uint8Array): Generator<StoredHeader> {
  const cursor = new Cursor(file, 'little').skip(4);
  const version = cursor.u32();
  if (version !== 0) {
    yield { lost: `version ${version} of the format is not known: no package was read` };
    return;
  }
  let claimed = 0;
  const slotPages = cursor.skip(4).u32();
  const end = slotPages * SLOT_PAGE_BYTES;
  if (end > file.length)
    yield { lost: `the file ends within its ${slotPages} slot pages: packages after it are missing` };
  for (let offset = FIRST_SLOT_OFFSET; offset + SLOT_BYTES <= Math.min(end, file.length); offset += SLOT_BYTES) {
    const slot = cursor.seek(offset);
    const magic = slot.u32();
    const index = slot.u32();
    const block = slot.u32();
    const blocks = slot.u32();
    if (magic !== SLOT_MAGIC) {
      yield { lost: `the slot at ${offset} is damaged: its package is missing` };
    } else if (index !== 0) {
      claimed += blocks * BLOCK_BYTES;
      if (claimed > file.length) {
        yield { lost: 'the slots claim more than the file holds: packages of later slots are missing' };
        return;
      }
      yield readBlob(cursor, { index, start: block * BLOCK_BYTES, size: blocks * BLOCK_BYTES });
    }
  }
}

/** A blob begins with its magic, the index of its slot, a generation and its length. */
function readBlob(
  cursor: Cursor,
  slot: { readonly index: number; readonly start: number; readonly size: number },
): StoredHeader {
  try {
    const magic = cursor.seek(slot.start).u32();
    const index = cursor.u32();
    const length = cursor.skip(4).u32();
    if (magic !== BLOB_MAGIC || index !== slot.index || length > slot.size - BLOB_HEADER_BYTES) {
      return { lost: `the blob of package ${slot.index} is damaged: the package is missing` };
    }
    return { blob: cursor.bytes(length) };
  } catch (error) {
    if (error instanceof BoundsError) return { lost: `package ${slot.index} is missing (${error.message})` };
    throw error;
  }
}
