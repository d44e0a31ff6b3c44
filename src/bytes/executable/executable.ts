import { BoundsError } from '../cursor.ts';
import { readElf } from './elf.ts';
import { readMacho } from './macho.ts';
import { readPe } from './pe.ts';
import type { Executable, Section } from './section.ts';

export type { Executable, Section } from './section.ts';

/** First bytes of all formats read here, as selectors: ELF, PE, Mach-O of both sizes, Mach-O with one to four machines. */
export const EXECUTABLE_MAGICS: readonly (readonly number[])[] = [
  [0x7f, 0x45, 0x4c, 0x46],
  [0x4d, 0x5a],
  [0xcf, 0xfa, 0xed, 0xfe],
  [0xce, 0xfa, 0xed, 0xfe],
  [0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 1],
  [0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 2],
  [0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 3],
];

/**
 * Reads the section and segment tables of an ELF, PE or Mach-O file. Undefined where it is none of them or the tables
 * lie outside the file; sections that lie outside are left out.
 */
export function readExecutable(bytes: Uint8Array): Executable | undefined {
  try {
    return readElf(bytes) ?? readPe(bytes) ?? readMacho(bytes);
  } catch (error) {
    if (error instanceof BoundsError) return undefined;
    throw error;
  }
}

/** The content of a section, a view of the file. */
export function sectionBytes(bytes: Uint8Array, section: Section): Uint8Array {
  return bytes.subarray(section.offset, section.offset + section.size);
}

/** The first section of a name that has bytes in the file. */
export function findSection(executable: Executable, name: string): Section | undefined {
  return executable.sections.find((section) => section.name === name && section.size > 0);
}

/** The bytes loaded at an address, a view of the file; undefined where the file does not hold all of them. */
export function bytesAt(
  bytes: Uint8Array,
  executable: Executable,
  address: number,
  length: number,
): Uint8Array | undefined {
  const home = executable.segments.find(
    (segment) => address >= segment.address && address + length <= segment.address + segment.size,
  );
  if (home === undefined) return undefined;
  const start = home.offset + (address - home.address);
  return bytes.subarray(start, start + length);
}
