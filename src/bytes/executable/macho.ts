import { Cursor } from '../cursor.ts';
import { type Executable, type Section, within } from './section.ts';

const FAT_MAGIC = 0xcafebabe;
const MAGICS = new Map<number, { readonly bits: 32 | 64; readonly endianness: 'big' | 'little' }>([
  [0xfeedfacf, { bits: 64, endianness: 'big' }],
  [0xcffaedfe, { bits: 64, endianness: 'little' }],
  [0xfeedface, { bits: 32, endianness: 'big' }],
  [0xcefaedfe, { bits: 32, endianness: 'little' }],
]);
const LC_SEGMENT = 0x1;
const LC_SEGMENT_64 = 0x19;
const VM_PROT_WRITE = 2;
const SECTION_TYPE = 0xff;
const S_ZEROFILL = 1;
const NAME_BYTES = 16;
const MAX_COMMANDS = 10_000;

/**
 * A Mach-O file, or the first machine of a fat one
 * (https://github.com/apple-oss-distributions/xnu/blob/main/EXTERNAL_HEADERS/mach-o/loader.h). Throws a BoundsError.
 */
export function readMacho(bytes: Uint8Array): Executable | undefined {
  if (bytes.length < 32) return undefined;
  const magic = new Cursor(bytes, 'big').u32();
  const start = magic === FAT_MAGIC ? new Cursor(bytes, 'big').seek(16).u32() : 0;
  const shape = MAGICS.get(start === 0 ? magic : new Cursor(bytes, 'big').seek(start).u32());
  if (shape === undefined) return undefined;
  const cursor = new Cursor(bytes, shape.endianness).seek(start + 4);
  const machine = cursor.u32();
  cursor.skip(8);
  const commands = Math.min(cursor.u32(), MAX_COMMANDS);
  cursor.skip(shape.bits === 64 ? 12 : 8);
  const sections: Section[] = [];
  const segments: Section[] = [];
  for (let index = 0; index < commands; index += 1) {
    const at = cursor.position;
    const command = cursor.u32();
    const size = cursor.u32();
    if (command === LC_SEGMENT || command === LC_SEGMENT_64) {
      const { segment, inside } = readSegment(cursor, command === LC_SEGMENT_64 ? 64 : 32, start);
      if (within(bytes, segment)) segments.push(segment);
      sections.push(...inside.filter((section) => within(bytes, section)));
    }
    if (size < 8) break;
    cursor.seek(at + size);
  }
  return { format: 'mach-o', bits: shape.bits, endianness: shape.endianness, machine, sections, segments };
}

function readSegment(cursor: Cursor, bits: 32 | 64, start: number): { segment: Section; inside: Section[] } {
  const word = (): number => (bits === 64 ? cursor.u64() : cursor.u32());
  cursor.skip(NAME_BYTES);
  const address = word();
  word();
  const offset = start + word();
  const size = word();
  cursor.skip(4);
  const writable = (cursor.u32() & VM_PROT_WRITE) !== 0;
  const count = cursor.u32();
  cursor.skip(4);
  const inside: Section[] = [];
  for (let index = 0; index < count; index += 1) inside.push(readSection(cursor, bits, { start, writable }));
  return { segment: { name: '', address, offset, size, writable }, inside };
}

function readSection(
  cursor: Cursor,
  bits: 32 | 64,
  { start, writable }: { readonly start: number; readonly writable: boolean },
): Section {
  const word = (): number => (bits === 64 ? cursor.u64() : cursor.u32());
  const label = cursor.bytes(NAME_BYTES);
  const end = label.indexOf(0);
  const name = String.fromCharCode(...label.subarray(0, end < 0 ? NAME_BYTES : end));
  cursor.skip(NAME_BYTES);
  const address = word();
  const size = word();
  const offset = start + cursor.u32();
  cursor.skip(12);
  const flags = cursor.u32();
  cursor.skip(bits === 64 ? 12 : 8);
  return { name, address, offset, size: (flags & SECTION_TYPE) === S_ZEROFILL ? 0 : size, writable };
}
