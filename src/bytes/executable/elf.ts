import { BoundsError, Cursor } from '../cursor.ts';
import { type Executable, MAX_SECTIONS, type Section, within } from './section.ts';

const MAGIC = 0x7f454c46;
const PT_LOAD = 1;
const PF_W = 2;
const SHT_NOBITS = 8;
const SHF_WRITE = 1;
const SECTION_NAME_BYTES = 256;

interface Table {
  readonly offset: number;
  readonly entrySize: number;
  readonly count: number;
}

/** ELF of either size and byte order (https://refspecs.linuxfoundation.org/elf/gabi4+/contents.html). Throws a BoundsError. */
export function readElf(bytes: Uint8Array): Executable | undefined {
  if (bytes.length < 52 || new Cursor(bytes, 'big').u32() !== MAGIC) return undefined;
  const bits = bytes[4] === 2 ? 64 : 32;
  const endianness = bytes[5] === 2 ? 'big' : 'little';
  const cursor = new Cursor(bytes, endianness).seek(18);
  const machine = cursor.u16();
  const word = (): number => (bits === 64 ? cursor.u64() : cursor.u32());
  cursor.skip(4);
  word();
  const segmentOffset = word();
  const sectionOffset = word();
  cursor.skip(6);
  const segmentTable = { offset: segmentOffset, entrySize: cursor.u16(), count: cursor.u16() };
  const sectionTable = { offset: sectionOffset, entrySize: cursor.u16(), count: cursor.u16() };
  const names = cursor.u16();
  return {
    format: 'elf',
    bits,
    endianness,
    machine,
    segments: readSegments(bytes, cursor, bits, segmentTable),
    sections: orNone(() => readSections(bytes, cursor, bits, { table: sectionTable, names })),
  };
}

function readSegments(bytes: Uint8Array, cursor: Cursor, bits: 32 | 64, table: Table): Section[] {
  const segments: Section[] = [];
  for (let index = 0; index < table.count; index += 1) {
    cursor.seek(table.offset + index * table.entrySize);
    const type = cursor.u32();
    const early = bits === 64 ? cursor.u32() : 0;
    const word = (): number => (bits === 64 ? cursor.u64() : cursor.u32());
    const offset = word();
    const address = word();
    word();
    const size = word();
    word();
    const flags = bits === 64 ? early : cursor.u32();
    const segment = { name: '', address, offset, size, writable: (flags & PF_W) !== 0 };
    if (type === PT_LOAD && within(bytes, segment)) segments.push(segment);
  }
  return segments;
}

function readSections(
  bytes: Uint8Array,
  cursor: Cursor,
  bits: 32 | 64,
  { table, names }: { readonly table: Table; readonly names: number },
): Section[] {
  const read = (index: number): { name: number; section: Section; link: number } => {
    cursor.seek(table.offset + index * table.entrySize);
    const name = cursor.u32();
    const type = cursor.u32();
    const word = (): number => (bits === 64 ? cursor.u64() : cursor.u32());
    const flags = word();
    const address = word();
    const offset = word();
    const size = word();
    const inFile = type === SHT_NOBITS ? 0 : size;
    return {
      name,
      section: { name: '', address, offset, size: inFile, writable: (flags & SHF_WRITE) !== 0 },
      link: size,
    };
  };
  if (table.offset === 0) return [];
  // Beyond 65,280 sections the count stands in the first, unused one.
  const count = table.count === 0 ? Math.min(read(0).link, MAX_SECTIONS) : table.count;
  const strings = names < count ? read(names).section : undefined;
  const sections: Section[] = [];
  for (let index = 1; index < count; index += 1) {
    const { name, section } = read(index);
    if (within(bytes, section)) sections.push({ ...section, name: nameAt(bytes, strings, name) });
  }
  return sections;
}

/** A program runs without its section table, so a damaged one does not make the segments worthless. */
function orNone(read: () => Section[]): Section[] {
  try {
    return read();
  } catch (error) {
    if (error instanceof BoundsError) return [];
    throw error;
  }
}

function nameAt(bytes: Uint8Array, strings: Section | undefined, offset: number): string {
  if (strings === undefined || offset >= strings.size) return '';
  const start = strings.offset + offset;
  const name = bytes.subarray(start, start + SECTION_NAME_BYTES);
  const end = name.indexOf(0);
  return String.fromCharCode(...(end < 0 ? name : name.subarray(0, end)));
}
