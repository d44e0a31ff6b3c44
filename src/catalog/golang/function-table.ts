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
/** Places that begin like a table: constants of a large program do now and then. */
const MOST_CANDIDATES = 100_000;

/**
 * The names of all functions of a Go program, inlined ones among them, each ended by a zero byte; a view of the file. The
 * runtime needs them for its traces, so that stripped programs have them too. Undefined where there is no such table, or
 * where it cannot be told which one is the program's own.
 * Format: https://go.dev/src/internal/abi/symtab.go and https://go.dev/src/debug/gosym/pclntab.go.
 */
export function functionNames(bytes: Uint8Array, executable: Executable): Uint8Array | undefined {
  const little = executable.endianness === 'little';
  const own = SECTIONS.map((name) => findSection(executable, name)).find((section) => section !== undefined);
  if (own !== undefined) return tableAt(viewOf(sectionBytes(bytes, own)), 0, little)?.names;
  let only: Table | undefined;
  let candidates = 0;
  const view = viewOf(bytes);
  for (const at of candidatePlaces(bytes, little)) {
    candidates += 1;
    const table = tableAt(view, at, little);
    if (candidates > MOST_CANDIDATES || (table !== undefined && only !== undefined)) return undefined;
    only ??= table;
  }
  return only?.names;
}

interface Table {
  /** Absent before Go 1.16. */
  readonly names?: Uint8Array;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

/**
 * Linkers of PE files, and those of C, put the table among other constants. There and behind the program may be other
 * programs that it carries.
 */
function* candidatePlaces(bytes: Uint8Array, little: boolean): Iterable<number> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  for (const magic of WORDS_BEFORE_NAMES.keys()) {
    const pattern = Buffer.alloc(6);
    if (little) pattern.writeUInt32LE(magic);
    else pattern.writeUInt32BE(magic);
    for (let at = buffer.indexOf(pattern); at >= 0; at = buffer.indexOf(pattern, at + 1)) yield at;
  }
}

function tableAt(view: DataView, place: number, little: boolean): Table | undefined {
  if (place + HEADER_BYTES > view.byteLength) return undefined;
  const magic = view.getUint32(place, little);
  const wordSize = view.getUint8(place + HEADER_BYTES - 1);
  const hasShape = WORDS_BEFORE_NAMES.has(magic) && QUANTA.includes(view.getUint8(place + HEADER_BYTES - 2));
  if (!hasShape || (wordSize !== 4 && wordSize !== 8)) return undefined;
  const before = WORDS_BEFORE_NAMES.get(magic);
  if (before === undefined) return {};
  const header = HEADER_BYTES + (before + 2) * wordSize;
  if (place + header > view.byteLength) return undefined;
  const word = (fromEnd: number): number =>
    wordSize === 4
      ? view.getUint32(place + header - fromEnd * wordSize, little)
      : Number(view.getBigUint64(place + header - fromEnd * wordSize, little));
  const start = word(2);
  const end = word(1);
  if (start < header || start >= end || place + end > view.byteLength) return undefined;
  return { names: new Uint8Array(view.buffer, view.byteOffset + place + start, end - start) };
}
