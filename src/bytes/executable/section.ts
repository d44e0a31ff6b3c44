import type { Endianness } from '../cursor.ts';

/** A run of an executable file: a section, or a segment where `name` is empty. Addresses are virtual, offsets into the file. */
export interface Section {
  /** `.text`; in Mach-O files the section's own name without its segment. */
  readonly name: string;
  readonly address: number;
  readonly offset: number;
  /** Bytes in the file; 0 for sections that exist only in memory. */
  readonly size: number;
  readonly writable: boolean;
}

/** The parts of an executable that carry data of build tools. Code is not looked at. */
export interface Executable {
  readonly format: 'elf' | 'pe' | 'mach-o';
  readonly bits: 32 | 64;
  readonly endianness: Endianness;
  /** The machine number of the format's header. */
  readonly machine: number;
  readonly sections: readonly Section[];
  /** What is loaded where; for PE files the sections themselves. */
  readonly segments: readonly Section[];
}

/** No tool writes more; a table beyond it is damage. */
export const MAX_SECTIONS = 65_535;

/** Whether a run lies within the file. */
export function within(bytes: Uint8Array, section: Section): boolean {
  return section.offset + section.size <= bytes.length;
}
