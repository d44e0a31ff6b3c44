import { Cursor } from '../cursor.ts';
import { type Executable, type Section, within } from './section.ts';

const DOS_MAGIC = 0x5a4d;
const PE_OFFSET_FIELD = 0x3c;
const PE_SIGNATURE = 0x00004550;
const PE32_PLUS = 0x20b;
const PE32 = 0x10b;
const WRITABLE = 0x80000000;

/** A Windows executable (https://learn.microsoft.com/windows/win32/debug/pe-format); addresses include the image base. Throws a BoundsError. */
export function readPe(bytes: Uint8Array): Executable | undefined {
  if (bytes.length < 64) return undefined;
  const cursor = new Cursor(bytes, 'little');
  if (cursor.u16() !== DOS_MAGIC) return undefined;
  const header = cursor.seek(PE_OFFSET_FIELD).u32();
  if (cursor.seek(header).u32() !== PE_SIGNATURE) return undefined;
  const machine = cursor.u16();
  const count = cursor.u16();
  cursor.skip(12);
  const optionalSize = cursor.u16();
  cursor.skip(2);
  const optional = cursor.position;
  const magic = cursor.u16();
  if (magic !== PE32 && magic !== PE32_PLUS) return undefined;
  const bits = magic === PE32_PLUS ? 64 : 32;
  const base = bits === 64 ? cursor.seek(optional + 24).u64() : cursor.seek(optional + 28).u32();
  cursor.seek(optional + optionalSize);
  const sections: Section[] = [];
  for (let index = 0; index < count; index += 1) {
    const section = readSection(cursor, base);
    if (within(bytes, section)) sections.push(section);
  }
  return { format: 'pe', bits, endianness: 'little', machine, sections, segments: sections };
}

function readSection(cursor: Cursor, base: number): Section {
  const label = cursor.bytes(8);
  const end = label.indexOf(0);
  const name = String.fromCharCode(...label.subarray(0, end < 0 ? 8 : end));
  const virtualSize = cursor.u32();
  const address = base + cursor.u32();
  const rawSize = cursor.u32();
  const offset = cursor.u32();
  cursor.skip(12);
  const writable = cursor.u32() >= WRITABLE;
  // Raw data is padded to the file alignment; what lies beyond the virtual size is not loaded.
  return { name, address, offset, size: virtualSize === 0 ? rawSize : Math.min(rawSize, virtualSize), writable };
}
