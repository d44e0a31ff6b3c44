import { BoundsError, Cursor } from '../../bytes/cursor.ts';
import { type Executable, findSection, type Section, sectionBytes } from '../../bytes/executable/executable.ts';

/** Sections of the table, by system and kind of program. */
const SECTIONS = ['.gopclntab', '.data.rel.ro.gopclntab', '__gopclntab'];

/** First word of the table since Go 1.20, 1.18 and 1.16; before, names were not kept together. */
const MAGICS = [0xfffffff1, 0xfffffff0, 0xfffffffa] as const;
/** Words of the header before the offset of the names: functions, files and, since Go 1.18, where the code begins. */
const WORDS_BEFORE_NAMES: ReadonlyMap<number, number> = new Map([
  [0xfffffff1, 3],
  [0xfffffff0, 3],
  [0xfffffffa, 2],
]);
const HEADER_BYTES = 8;

/**
 * The names of all functions of a Go program, inlined ones among them, each ended by a zero byte; a view of the file. The
 * runtime needs them for its traces, so that stripped programs have them too. Undefined where there is no such table.
 * Format: https://go.dev/src/internal/abi/symtab.go and https://go.dev/src/debug/gosym/pclntab.go.
 */
export function functionNames(bytes: Uint8Array, executable: Executable): Uint8Array | undefined {
  for (const place of places(executable)) {
    const data = sectionBytes(bytes, place);
    for (const start of headers(data, executable)) {
      const names = namesAt(data.subarray(start), executable);
      if (names !== undefined) return names;
    }
  }
  return undefined;
}

/** Its own section where there is one; linkers of PE files put it among other constants. */
function places(executable: Executable): readonly Section[] {
  const own = SECTIONS.map((name) => findSection(executable, name)).find((section) => section !== undefined);
  if (own !== undefined) return [own];
  return executable.sections.length > 0 ? executable.sections : executable.segments;
}

function* headers(data: Uint8Array, { endianness }: Executable): Iterable<number> {
  const buffer = Buffer.from(data.buffer, data.byteOffset, data.length);
  for (const magic of MAGICS) {
    const pattern = Buffer.alloc(6);
    if (endianness === 'little') pattern.writeUInt32LE(magic);
    else pattern.writeUInt32BE(magic);
    for (let at = buffer.indexOf(pattern); at >= 0; at = buffer.indexOf(pattern, at + 1)) yield at;
  }
}

function namesAt(table: Uint8Array, { endianness }: Executable): Uint8Array | undefined {
  try {
    const cursor = new Cursor(table, endianness);
    const before = WORDS_BEFORE_NAMES.get(cursor.u32()) ?? 0;
    const wordSize = table[HEADER_BYTES - 1];
    if (wordSize !== 4 && wordSize !== 8) return undefined;
    cursor.seek(HEADER_BYTES + before * wordSize);
    const start = wordSize === 4 ? cursor.u32() : cursor.u64();
    const end = wordSize === 4 ? cursor.u32() : cursor.u64();
    return start < end && end <= table.length ? table.subarray(start, end) : undefined;
  } catch (error) {
    if (error instanceof BoundsError) return undefined;
    throw error;
  }
}
