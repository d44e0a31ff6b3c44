/**
 * A section of columns: little-endian, no pointers.
 *
 *     0  magic (4 ASCII bytes)      4  u32 format version   8  u32 column count   12  u32 section length
 *     16 per column: u32 offset, u32 length in bytes
 *
 * Columns follow in order, each on a multiple of 8, zero bytes between; the section ends with its last column, padded.
 */
const HEADER_BYTES = 16;
const ALIGNMENT = 8;
const FORMAT_VERSION = 1;

/** Thrown for bytes that are not the section they say they are; the caller adds which section it was. */
export class SectionFormatError extends Error {
  override readonly name = 'SectionFormatError';
}

/** A section of columns; `magic` is four ASCII letters. */
export function writeColumns(magic: string, columns: readonly Uint8Array[]): Uint8Array {
  let at = align(HEADER_BYTES + columns.length * 8);
  const offsets = columns.map((column) => {
    const offset = at;
    at = align(at + column.length);
    return offset;
  });
  const section = new Uint8Array(at);
  const view = new DataView(section.buffer);
  section.set(new TextEncoder().encode(magic), 0);
  view.setUint32(4, FORMAT_VERSION, true);
  view.setUint32(8, columns.length, true);
  view.setUint32(12, section.length, true);
  for (const [index, column] of columns.entries()) {
    view.setUint32(HEADER_BYTES + index * 8, offsets[index] ?? 0, true);
    view.setUint32(HEADER_BYTES + index * 8 + 4, column.length, true);
    section.set(column, offsets[index] ?? 0);
  }
  return section;
}

/** The columns of a section. Throws SectionFormatError unless header, offsets, lengths and padding are exact. */
export function readColumns(magic: string, section: Uint8Array, count: number): readonly Uint8Array[] {
  const bytes = section.byteOffset % ALIGNMENT === 0 ? section : section.slice();
  if (bytes.length < HEADER_BYTES + count * 8) throw new SectionFormatError('section is cut off');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (new TextDecoder('latin1').decode(bytes.subarray(0, 4)) !== magic)
    throw new SectionFormatError(`section is no ${magic}`);
  if (view.getUint32(4, true) !== FORMAT_VERSION) throw new SectionFormatError('section has another format version');
  if (view.getUint32(8, true) !== count) throw new SectionFormatError('section has another number of columns');
  if (view.getUint32(12, true) !== bytes.length) throw new SectionFormatError('section has another length');
  const columns: Uint8Array[] = [];
  let at = align(HEADER_BYTES + count * 8);
  for (let index = 0; index < count; index++) {
    const offset = view.getUint32(HEADER_BYTES + index * 8, true);
    const length = view.getUint32(HEADER_BYTES + index * 8 + 4, true);
    if (offset !== at || length > bytes.length - offset) throw new SectionFormatError(`column ${index} is misplaced`);
    columns.push(bytes.subarray(offset, offset + length));
    at = align(offset + length);
    if (at > bytes.length) throw new SectionFormatError(`column ${index} is not padded`);
    for (let i = offset + length; i < at; i++) {
      if (bytes[i] !== 0) throw new SectionFormatError(`column ${index} is followed by bytes that are not zero`);
    }
  }
  if (at !== bytes.length) throw new SectionFormatError('section goes on after its last column');
  return columns;
}

/** A column of u32, viewed and not copied. */
export function numbersOf(column: Uint8Array | undefined): Uint32Array {
  if (column === undefined || column.length % 4 !== 0) throw new SectionFormatError('column holds no whole numbers');
  return new Uint32Array(column.buffer, column.byteOffset, column.length / 4);
}

/** The bytes of a column of u32. */
export function numberColumn(values: readonly number[]): Uint8Array {
  return new Uint8Array(Uint32Array.from(values).buffer);
}

function align(offset: number): number {
  return Math.ceil(offset / ALIGNMENT) * ALIGNMENT;
}
