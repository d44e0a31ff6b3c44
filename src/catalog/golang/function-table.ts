import { type Executable, findSection, sectionBytes } from '../../bytes/executable/executable.ts';

/** Sections of the table, by system and kind of program. */
const SECTIONS = ['.gopclntab', '.data.rel.ro.gopclntab', '__gopclntab'];

/**
 * First word of the table since Go 1.20, 1.18, 1.16 and 1.2, and the words of its header before the offset of the names:
 * functions, files and, since Go 1.18, where the code begins. Before Go 1.16 names were not kept together.
 */
const WORDS_BEFORE_NAMES: ReadonlyMap<number, number | undefined> = new Map([
  [0xfffffff1, 3],
  [0xfffffff0, 3],
  [0xfffffffa, 2],
  [0xfffffffb, undefined],
]);
const HEADER_BYTES = 8;
/** Lengths of instructions that processors have, in bytes. */
const QUANTA = [1, 2, 4];

/**
 * The names of all functions of a Go program, inlined ones among them, each ended by a zero byte; a view of the file. The
 * runtime needs them for its traces, so that stripped programs have them too. Undefined where there is no such table, or
 * where it cannot be told which one is the program's own.
 * Format: https://go.dev/src/internal/abi/symtab.go and https://go.dev/src/debug/gosym/pclntab.go.
 */
export function functionNames(bytes: Uint8Array, executable: Executable): Uint8Array | undefined {
  const own = SECTIONS.map((name) => findSection(executable, name)).find((section) => section !== undefined);
  if (own !== undefined) return tableAt(sectionBytes(bytes, own), executable)?.names;
  let only: Table | undefined;
  for (const table of tables(bytes, executable)) {
    if (only !== undefined) return undefined;
    only = table;
  }
  return only?.names;
}

interface Table {
  /** Absent before Go 1.16. */
  readonly names?: Uint8Array;
}

/**
 * Linkers of PE files, and those of C, put the table among other constants. There and behind the program may be other
 * programs that it carries.
 */
function* tables(bytes: Uint8Array, executable: Executable): Iterable<Table> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  for (const magic of WORDS_BEFORE_NAMES.keys()) {
    const pattern = Buffer.alloc(6);
    if (executable.endianness === 'little') pattern.writeUInt32LE(magic);
    else pattern.writeUInt32BE(magic);
    for (let at = buffer.indexOf(pattern); at >= 0; at = buffer.indexOf(pattern, at + 1)) {
      const table = tableAt(bytes.subarray(at), executable);
      if (table !== undefined) yield table;
    }
  }
}

function tableAt(bytes: Uint8Array, { endianness }: Executable): Table | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const little = endianness === 'little';
  const wordSize = bytes[HEADER_BYTES - 1];
  if ((wordSize !== 4 && wordSize !== 8) || !QUANTA.includes(bytes[HEADER_BYTES - 2] ?? 0)) return undefined;
  const magic = view.getUint32(0, little);
  if (!WORDS_BEFORE_NAMES.has(magic)) return undefined;
  const before = WORDS_BEFORE_NAMES.get(magic);
  if (before === undefined) return {};
  const at = HEADER_BYTES + before * wordSize;
  if (at + 2 * wordSize > bytes.length) return undefined;
  const word = (offset: number): number =>
    wordSize === 4 ? view.getUint32(offset, little) : Number(view.getBigUint64(offset, little));
  const start = word(at);
  const end = word(at + wordSize);
  return start >= at + 2 * wordSize && start < end && end <= bytes.length
    ? { names: bytes.subarray(start, end) }
    : undefined;
}
